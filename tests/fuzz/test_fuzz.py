"""A short run of the fuzzer: no reader lets anything out but our own errors, or hangs."""

import subprocess
from pathlib import Path

from harness import PYTHON, need_shared

FUZZ = Path(__file__).parent / "fuzz.py"


def test_mutated_answers_are_read_or_refused(tmp_path: Path) -> None:
    need_shared()
    command = [PYTHON, str(FUZZ), "--seconds", "20", "--most", "4", "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" in done.stdout
