"""`jiandu office seal`: the office's seal, kept here and lent to the computers of named inspectors."""

from __future__ import annotations

import argparse
from pathlib import Path

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.seal import USUAL_WIDTH
from jiandu_desktop.services.program import Services


def add_seal_command(seal: argparse.ArgumentParser) -> None:
    """The options of `jiandu office seal`; without one it tells how things stand."""
    what = seal.add_mutually_exclusive_group()
    what.add_argument("--picture", metavar="图片", help="收下印章图片：红色，底色透明或白纸")
    what.add_argument("--lend", metavar="姓名", help="把印章借给这位督学的电脑")
    what.add_argument("--take-back", metavar="姓名", help="从这位督学的电脑收回印章")
    what.add_argument("--remove", action="store_true", help="不再用印章")
    seal.add_argument(
        "--width", metavar="毫米", type=float, default=USUAL_WIDTH, help="印章实物宽度，与 --picture 同用"
    )
    seal.add_argument("--kinds", metavar="文种", default="", help="与 --lend 同用：用在哪些文书，用、隔开，默认全部")


def run_seal(services: Services, chosen: argparse.Namespace) -> int:
    """Carry it out over the office's data; returns the exit code."""
    services.office.check()
    if chosen.picture:
        services.seals.set_picture(Path(chosen.picture), chosen.width)
        print(f"印章已收下，宽 {chosen.width:g} 毫米")
    elif chosen.lend:
        kinds = _kinds(chosen.kinds)
        for device in _devices(services, chosen.lend):
            services.seals.lend(device, kinds)
        print(f"印章已借给{chosen.lend}，用于 {len(kinds)} 种文书，发布后生效")
    elif chosen.take_back:
        for device in _devices(services, chosen.take_back):
            services.seals.lend(device, ())
        print(f"已从{chosen.take_back}收回印章，发布后生效")
    elif chosen.remove:
        services.seals.remove()
        print("已不用印章，发布后生效")
    else:
        _tell(services)
    return 0


def _tell(services: Services) -> None:
    view = services.seals.view()
    print(f"印章：宽 {view.width:g} 毫米" if view.picture is not None else "没有印章")
    for holder in view.holders:
        name = "本机（督导室）" if holder.own else holder.person
        kinds = "、".join(DOCUMENT_KIND_NAMES[kind] for kind in holder.kinds) or "不借"
        print(f"{holder.device[:4]}  {name}  {kinds}")


def _kinds(words: str) -> tuple[DocumentKind, ...]:
    """The kinds by their names; raises Trouble `seal-unknown-kind`."""
    if not words.strip():
        return tuple(DocumentKind)
    by_name = {name: kind for kind, name in DOCUMENT_KIND_NAMES.items()}
    found = []
    for word in filter(None, (each.strip() for each in words.split("、"))):
        if word not in by_name:
            raise Trouble("seal-unknown-kind", kind=word, known="、".join(by_name))
        found.append(by_name[word])
    return tuple(found)


def _devices(services: Services, person: str) -> list[str]:
    """The computers of an inspector; raises Trouble `inspector-unknown`, `seal-no-computer`."""
    name = services.office.inspector(person).name
    found = [holder.device for holder in services.seals.view().holders if holder.person == name]
    if not found:
        raise Trouble("seal-no-computer", person=name)
    return found
