"""What runs on a hosting service is pinned, may do as little as it needs, and calls our own commands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HOME = Path(__file__).parent.parent
WORKFLOWS = sorted((HOME / ".github" / "workflows").glob("*.yml"))
#: Rights beyond reading the repository, each with the job that needs it.
RIGHTS = {
    ("comment.yml", "comment", "pull-requests"),
    ("publish.yml", "deploy", "pages"),
    ("publish.yml", "deploy", "id-token"),
}
COMMANDS = re.compile(r"^make (?P<target>[a-z-]+)", re.MULTILINE)


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_every_action_is_pinned_by_commit_with_its_version_beside_it(path: Path) -> None:
    used = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert used
    for line in used:
        assert re.fullmatch(r"(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_no_job_may_do_more_than_it_needs(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] in ({}, {"contents": "read"})
    granted = {
        (path.name, name, right)
        for name, job in workflow["jobs"].items()
        for right, level in job.get("permissions", {}).items()
        if level == "write"
    }
    assert granted == {right for right in RIGHTS if right[0] == path.name}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_every_job_ends_by_itself_and_leaves_no_credentials(path: Path) -> None:
    for job in jobs(path).values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_workflows_call_the_same_commands_as_people(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "\n".join(step.get("run", "") for job in jobs(path).values() for step in job["steps"])
    assert {match["target"] for match in COMMANDS.finditer(text)} <= targets


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_what_builds_the_site_keeps_its_memory_and_its_packages_by_the_locks(path: Path) -> None:
    for name, job in jobs(path).items():
        steps = job["steps"]
        [*building] = (number for number, step in enumerate(steps) if "make site" in step.get("run", ""))
        kept = {
            step["with"]["path"].split()[0]: step["with"]
            for step in steps[: building[0] if building else 0]
            if step.get("uses", "").startswith("actions/cache@")
        }
        assert building == [] or set(kept) == {"~/.cache/pip", "build/memory"}, name
        for said in kept.values():
            assert "hashFiles(" in said["key"]
            assert said["key"].startswith(said["restore-keys"].strip()), (
                "an older cache is one of the same kind"
            )


def test_code_of_a_pull_request_never_runs_with_the_right_to_write() -> None:
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        if "workflow_run:" in text:
            assert "actions/checkout@" not in text
