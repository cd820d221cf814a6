"""A short run of the fuzzer: no reader lets anything out but our own errors, or hangs."""

import subprocess
from pathlib import Path

import pytest
from harness import PYTHON, need_shared
from soak import in_soak

FUZZ = Path(__file__).parent / "fuzz.py"


@pytest.mark.parametrize("seconds", [4, in_soak(60)])
def test_mutated_answers_are_read_or_refused(tmp_path: Path, seconds: int) -> None:
    need_shared()
    command = [PYTHON, str(FUZZ), "--seconds", str(seconds), "--most", "4", "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" in done.stdout
