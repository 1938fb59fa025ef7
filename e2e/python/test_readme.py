"""The README's Python examples run as they stand."""

import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from paydesk_server import REPOSITORY

# An example that hangs is as broken as one that fails.
RUN_LIMIT_SECONDS = 60


def snippets():
    """The examples, in the README's order."""
    readme = (REPOSITORY / "README.md").read_text()
    return re.findall(r"<!-- snippet: python -->\s*```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)


def test_the_readme_has_a_python_example():
    assert snippets(), "README.md has no ```python block after a line <!-- snippet: python -->"


@pytest.mark.parametrize("n", range(len(snippets())))
def test_a_python_example_of_the_readme_runs(n, server, tmp_path):
    # The examples talk to the default port, which may be taken here: only that is replaced.
    snippet = re.sub(r"\b4242\b", str(urlsplit(server).port), snippets()[n])
    file = tmp_path / "snippet.py"
    file.write_text(snippet)

    run = subprocess.run([sys.executable, file], capture_output=True, text=True, timeout=RUN_LIMIT_SECONDS)

    assert run.returncode == 0, run.stdout + run.stderr
