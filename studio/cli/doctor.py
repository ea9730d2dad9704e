"""``studio doctor``: what works on this computer, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from studio.cli import output
from studio.cli.project import AsJson

PYTORCH_START = "https://pytorch.org/get-started/locally/"


def doctor(as_json: AsJson = False) -> None:
    """Check this computer: versions, graphics cards, display, weights, folders.

    Exits with 1 when something is broken. With --json, one object: "versions" (by package),
    "system", "gpus" (graphics cards), "torch" (its devices, or "error"), "display" ("present",
    "platform", "missing" libraries and the
    "packages" that hold them, or "error"), "weights" (models whose first weights are
    here), "folders" ("folder", "writable") and "advice" (a list of "level", error or warning,
    and "sentence").
    """
    with output.status("Looking at this computer"):
        facts = examine()
    advice = [{"level": level, "sentence": text} for level, text in advise(facts)]
    if as_json:
        output.print_json({**facts, "advice": advice})
    else:
        _print_facts(facts)
        for each in advice:
            output.say_line(f"{each['level'].upper()}: {each['sentence']}")
        if not advice:
            output.say_line("Everything is in order.")
    if any(each["level"] == "error" for each in advice):
        raise typer.Exit(1)


def examine() -> dict[str, Any]:
    """The facts, as ``--json`` prints them."""
    from studio.cli import checks
    from studio.cli.weights import models

    folders = checks.folders()
    usable = all(each["writable"] for each in folders)
    torch = checks.torch_facts()
    return {
        "versions": checks.versions(),
        "system": checks.system(),
        "gpus": checks.nvidia_cards() or torch.get("gpus", []),
        "torch": torch,
        "display": checks.display(),
        "weights": [each["model"] for each in models() if each["present"]] if usable else [],
        "folders": folders,
    }


def advise(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong and what to do: pairs of ``error`` or ``warning`` and a sentence."""
    for package, version in facts["versions"].items():
        if not version:
            yield "error", f"{package} is not installed; run: pip install vision-studio"
    yield from _about_torch(facts)
    yield from _about_display(facts["display"])
    for each in facts["folders"]:
        if not each["writable"]:
            yield (
                "error",
                f"{each['folder']} cannot be written; change its permissions, or name another "
                "place in the environment variable STUDIO_HOME.",
            )
    if not facts["weights"]:
        yield (
            "warning",
            "No pretrained weights are on this computer. They are downloaded at the first "
            "training; without a network, name a folder of them in STUDIO_WEIGHTS.",
        )


def _about_torch(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    torch, cards = facts["torch"], facts["gpus"]
    card = torch.get("unused_gpu") or next((card["name"] for card in cards if "driver" in card), "")
    if "error" in torch:
        yield (
            "error",
            f"PyTorch does not work ({torch['error']}), so nothing can be trained. Reinstall it "
            f"as shown on {PYTORCH_START}",
        )
    elif card and not torch["cuda_build"]:
        yield (
            "warning",
            f"There is an NVIDIA card ({card}), but this PyTorch ({torch['torch']}) was built "
            "without CUDA and trains on the processor. Choose CUDA and copy the command on "
            f"{PYTORCH_START}",
        )
    elif card and not torch["cuda"]:
        yield (
            "warning",
            f"There is an NVIDIA card ({card}), but PyTorch cannot use it; its driver may be too "
            f"old for CUDA {torch['cuda_build']}. Update the NVIDIA driver.",
        )


def _about_display(display: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if missing := display["missing"]:
        packages = " ".join(display["packages"])
        hint = f" On Debian and Ubuntu: sudo apt install {packages}" if packages else ""
        yield (
            "error" if display["present"] else "warning",
            f"The window lacks system libraries: {', '.join(missing)}.{hint}",
        )
    elif "error" in display:
        yield (
            "error",
            f"The window cannot open ({display['error']}). Reinstall PySide6-Essentials; "
            "opencv-python must not be installed beside opencv-python-headless.",
        )
    if not display["present"]:
        yield "warning", "There is no display: the commands work, the window cannot open."


def _print_facts(facts: Mapping[str, Any]) -> None:
    torch = facts["torch"]
    output.say_line(f"System: {facts['system']['platform']}, {facts['system']['cpu_count']} cores")
    output.say_line(
        "Versions: " + ", ".join(f"{k} {v or '-'}" for k, v in facts["versions"].items())
    )
    for card in facts["gpus"]:
        output.say_line(f"GPU: {card['name']}")
    if "error" not in torch:
        output.say_line(f"PyTorch devices: {', '.join(torch['devices'])}")
    output.say_line(f"Display: {facts['display'].get('platform', 'none')}")
    output.say_line(f"Weights for: {', '.join(facts['weights']) or 'none'}")
    for each in facts["folders"]:
        output.say_line(f"Folder: {each['folder']}")
