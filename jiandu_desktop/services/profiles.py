"""Which data a start opens: the unit's own once a laptop has joined one, the demo bureau until then."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo_bureau import DemoBureau
from jiandu_desktop.services.holding import Hold
from jiandu_desktop.services.program import Services, open_services


class Profiles:
    """The data root of one user of the computer; held by one program at a time.

    `<root>` itself holds the unit's data, `<root>/demo` the demo bureau.
    """

    def __init__(self, root: Path, *, clock: Clock, new_id: IdSource) -> None:
        self.root = root
        self._clock = clock
        self._new_id = new_id
        self._hold: Hold | None = None

    @property
    def own(self) -> DataFolder:
        return DataFolder(self.root)

    @property
    def demo(self) -> DemoBureau:
        return DemoBureau(self.root / "demo")

    def hold(self) -> None:
        """Claim the data root for this program; raises Trouble `already-running` where another one has it."""
        self.own.make()
        hold = Hold(self.root / "running.lock")
        if not hold.claim():
            raise Trouble("already-running", path=str(self.root))
        self._hold = hold

    def release(self) -> None:
        """Let another program have the data root."""
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def needs_demo(self) -> bool:
        """Whether opening will first have to build the demo bureau, which takes some seconds."""
        return not self._joined() and not self.demo.complete

    def open(self, progress: Progress) -> Services:
        """The services of the unit's data, or of the demo's inspector; a half-built demo is built anew."""
        if self._joined():
            return self._services(self.own)
        if not self.demo.complete:
            import shutil

            from jiandu_desktop.services.demo import make_demo

            shutil.rmtree(self.demo.root, ignore_errors=True)
            make_demo(self.demo.root, clock=self._clock, new_id=self._new_id, progress=progress)
        return self._services(self.demo.own)

    def join(self, invitation: Path, folder: str) -> Services:
        """Join the unit that invited, in the user's own data folder, and open it; the demo stays where it is.

        Raises Trouble as `Joining.join`; nothing is kept then and the demo goes on.
        """
        services = self._services(self.own)
        try:
            services.profile.join(invitation, folder)
        except BaseException:
            services.close()
            raise
        return services

    def arrive(self, parcel: Path, passphrase: str, progress: Progress) -> Services:
        """Move in from another computer's parcel and open it; only where no unit's data is yet.

        Raises Trouble `office-exists` and as `moving.unpack`; nothing is kept then and the demo goes on.
        """
        from jiandu_desktop.services.moving import unpack

        if self._joined():
            raise Trouble("office-exists", path=str(self.root), name="")
        unpack(parcel, passphrase, self.own, progress)
        return self._services(self.own)

    def restore(self, services: Services, copy: Path) -> tuple[Services, Trouble | None]:
        """Close the data, put a backup back and open it again; where that is refused, the data as it was, and why."""
        from jiandu_desktop.services.restoring import restore

        folder, trouble = services.store.folder, None
        services.close()
        try:
            restore(folder, copy, self._clock)
        except Trouble as refused:
            trouble = refused
        return self._services(folder), trouble

    def mend(self, folder: DataFolder) -> datetime | None:
        """Put back the newest good backup of a folder whose database cannot be opened; its time, None for none."""
        from jiandu_desktop.services.restoring import newest_good, restore

        found = newest_good(folder, self._clock)
        if found is not None:
            restore(folder, found.path, self._clock)
        return found.at if found is not None else None

    def newest_good(self, folder: DataFolder) -> datetime | None:
        """When the copy was made that `mend` would put back."""
        from jiandu_desktop.services.restoring import newest_good

        found = newest_good(folder, self._clock)
        return found.at if found is not None else None

    def stay(self, folder: DataFolder) -> None:
        """Go on here after all, though the data was packed for another computer."""
        from jiandu_desktop.services.moving import stay

        stay(folder)

    def _joined(self) -> bool:
        if not self.own.database.exists():
            return False
        services = self._services(self.own)
        try:
            return services.store.belongs()
        finally:
            services.close()

    def _services(self, folder: DataFolder) -> Services:
        return open_services(folder, clock=self._clock, new_id=self._new_id)
