# SPDX-License-Identifier: MIT
"""check.py PROGRAM FOLDER: has PROGRAM write JSON files, reads each, writes it anew, and has PROGRAM read that."""

import json
import pathlib
import shutil
import subprocess
import sys


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def no_repeats(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key occurs twice among {keys}")
    return dict(pairs)


program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
subprocess.run([program, "write", folder], check=True)
files = sorted(folder.glob("*.json"))
assert len(files) > 20, f"only {len(files)} files were written"
for number, file in enumerate(files):
    value = json.loads(file.read_bytes().decode("utf-8"), parse_constant=refuse, object_pairs_hook=no_repeats)
    # other layouts, orders of keys and escapes
    text = json.dumps(value, sort_keys=file.stem != "values", indent=None if number % 3 else 4, ensure_ascii=number % 4 < 2)
    file.write_bytes(text.encode("utf-8"))
subprocess.run([program, "read", folder], check=True)
print(len(files), "files were read by Python, written anew and read again")
