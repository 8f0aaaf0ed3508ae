# SPDX-License-Identifier: MIT
# To be sourced by check.sh: small sets of rows. The generator is Lehmer's, which awk computes exactly, so that
# every awk makes the same sets.

random='function random() { state = (state * 16807) % 2147483647; return state / 2147483647 }
  function normal(  i, sum) { for (i = 0; i < 12; i++) sum += random(); return sum - 6 }
  BEGIN { state = 20240331 }'

# 150 patients with 10 nearly equal rows each; one patient in ten is ill, which nothing in the rows tells.
near_identical_rows() {
  awk "$random"'
    BEGIN {
      print "patient,a,b,c,d,e,ill"
      for (p = 0; p < 150; p++) {
        for (j = 0; j < 5; j++) center[j] = normal()
        for (visit = 0; visit < 10; visit++) {
          printf "p%d", p
          for (j = 0; j < 5; j++) printf ",%.4f", center[j] + 0.05 * normal()
          print "," (p % 10 == 3)
        }
      }
    }'
}

# 300 days in a row; the rarer class lies apart, and both drift.
drifting_rows() {
  awk "$random"'
    BEGIN {
      print "day,a,b,failed"
      for (t = 0; t < 300; t++) {
        failed = t % 8 == 5
        printf "2024-%02d-%02d,%.4f", 1 + t / 28, 1 + t % 28, normal() + failed + t / 300
        printf ",%.4f,%d\n", normal() + failed, failed
      }
    }'
}

# 60 rows with a column of three words and one of two codes.
words() {
  awk "$random"'
    BEGIN {
      split("red green blue", color, " ")
      print "color,size,sold"
      for (row = 0; row < 60; row++) {
        word = color[1 + int(3 * random())]
        print word "," (random() < 0.5 ? 1 : 2) "," (random() < (word == "red" ? 0.7 : 0.15) ? "yes" : "no")
      }
    }'
}
