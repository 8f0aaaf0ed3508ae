// SPDX-License-Identifier: MIT
#include <rebalance/record/base64.hpp>

#include "../support/catch.hpp"

using namespace rebalance;

TEST_CASE("the test vectors of RFC 4648", "[base64]") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(detail::base64(bytes) == text);
    CHECK(detail::bytes_of_base64(text) == bytes);
  }
}

TEST_CASE("every byte comes back", "[base64]") {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) {
    CHECK(detail::bytes_of_base64(detail::base64(bytes)) == bytes);
    bytes += static_cast<char>(i * 37);
  }
}

TEST_CASE("text that is no base64, or written in another way, is none", "[base64]") {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v=", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n", "Zm-_", "Z=g=", "Zg==Zg=="})
    CHECK_FALSE(detail::bytes_of_base64(text));
}
