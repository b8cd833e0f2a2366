"""The rows of the fault catalogue: what goes wrong, how it is brought about here, and what must come of it."""

from __future__ import annotations

SIM, STRACE, DISK, SAMBA, MOUNT = "simulator", "strace", "failing disk", "Samba", "mounts"

ROWS: dict[int, tuple[str, str, str]] = {
    1: (
        "killed before or after any call of a push",
        f"{STRACE}, {DISK}, {SIM}",
        "nothing lost or double; own leftovers go",
    ),
    2: (
        "killed in a transaction of a pull",
        f"{STRACE}, {DISK}, {SIM}",
        "database as before or after; reading again is harmless",
    ),
    3: (
        "killed between a finished visit and its segment",
        f"{SIM}, random kills",
        "the segment is made at the next sync",
    ),
    4: ("killed after the rename, before it is noted", f"{DISK}, {SIM}", "the same bytes are found and noted"),
    5: (
        "power cut of a laptop",
        f"{SIM}, killed programs",
        "finished visits are there; no photo's row without its bytes",
    ),
    6: ("power cut of the server, names kept, data gone", f"{SIM}, {SAMBA}", "refused, asked for, sent again"),
    7: ("server ignores flushes", SAMBA, "as 6; confirmed only after the office has read"),
    8: ("connection lost in mid-photo", f"{SAMBA}, {DISK}", "one file begun anew"),
    9: ("connection lost in mid-segment, written directly", f"{DISK}, {SIM}", "incomplete, later whole"),
    10: ("reply to rename, create or delete lost", f"{SAMBA}, {SIM}", "what stands there decides; nothing double"),
    11: ("rename made of copy and delete, interrupted", SIM, "the owner repairs the short file"),
    12: ("rename refused (create-only rights)", SAMBA, "the trial of the folder chooses direct writing"),
    13: ("rename onto an existing name refused", f"{SAMBA}, {DISK}", "never tried"),
    14: ("a reader holds the file without share-delete", SAMBA, "waited for, up to 30 s"),
    15: ("a virus scanner holds a new file", f"{DISK}, {SAMBA}", "waited for, without a word to the user"),
    16: (
        "share full at any byte",
        f"{MOUNT}, {STRACE}, {DISK}",
        "told; records still tried; all goes when there is room",
    ),
    17: ("laptop's disk full", f"{MOUNT}, {STRACE}", "a sentence, no damage, goes on when there is room"),
    18: ("quota or no more names", MOUNT, "as 16"),
    19: ("read-only share or stick", f"{MOUNT}, {DISK}, {SAMBA}", "reading goes on; told; made good when writable"),
    20: ("no right to one folder of ours", f"{DISK}, {MOUNT}", "said by name; the others go on"),
    21: ("share not mounted: an empty folder", f"{DISK}, {MOUNT}", "nothing written, nothing deleted"),
    22: ("another county's folder", "a second county", "refused by name, left untouched"),
    23: ("stale listing", f"{DISK}, {SIM}", "no false alarm, no harm"),
    24: ("listing lacks names", f"{DISK}, {SIM}", "the gap is held and healed"),
    25: ("head there, segment not yet", "shuffled delivery", "waits, position not advanced"),
    26: ("segment there, photos later", "moved away", "shown; confirmed only when whole"),
    27: ("heads lost", "deleted", "a scrub finds the segments"),
    28: ("conflict copies", "copied, renamed", "copies ignored, a sole copy taken"),
    29: ("foreign files", "laid there", "left alone"),
    30: ("placeholder that blocks or fails", SIM, "skipped, tried again"),
    31: ("bit flip at rest, every byte of a segment", "hostile files", "never applied"),
    32: ("bit flip in photo, head, base, root, pack, list of chunks", "hostile files", "noticed each"),
    33: ("a read is spoilt once", f"{DISK}, {SIM}", "the second is right; no alarm"),
    34: ("cut to every length", "hostile files", "incomplete or corrupt, never half applied"),
    35: ("file grows while it is read", "shuffled delivery in halves", "length and digest decide"),
    36: ("segment deleted before the office read it", "deleted", "the owner sends it again"),
    37: ("deleted after the office confirmed it", "deleted", "the office puts it back"),
    38: ("photo deleted or rotted after confirmation", "spoilt", "put back beside"),
    39: ("everything renamed (ransom)", SIM, "nothing local is lost"),
    40: ("share put back to a backup", f"copied, {SIM}", "what is unconfirmed goes again; nothing double"),
    41: ("laptop put back to an image", f"copied, {SIM}", "takes its segments back, a new identity, no number twice"),
    42: ("cloned laptop", f"copied, {SIM}", "found out; both histories stay"),
    43: ("stolen laptop keeps pushing", "crafted", "refused after revocation; earlier visits stay"),
    44: ("one visit changed on two laptops", "operations", "both stay, the owner is asked"),
    45: (
        "problem's state changed by two, all pairs",
        "exhaustive, Hypothesis",
        "the more open wins; order is no matter",
    ),
    46: ("deletion beside an edit", "Hypothesis", "the edit stands, the deletion is kept"),
    47: ("reassigned while finished offline", "operations", "the visit is kept and marked"),
    48: ("two office computers change one assignment", "operations", "first-named office shown, both kept"),
    49: ("clock wrong by years, jumps", f"clock, {SIM}", "order by number; nothing lost"),
    50: ("share's clock differs", "trial of the folder", "measured"),
    51: ("stamp from the far future", "operations", "shown held back, does not spread"),
    52: ("future schema, unknown kind", "crafted", "held, taken in after the upgrade"),
    53: ("raised min_writer", "crafted root", "visits are handed in; shared edits wait"),
    54: ("older program, newer database", "crafted", "refused with a sentence, untouched"),
    55: ("wrong key, replay under another device, swapped bodies", "hostile files", "refused"),
    56: ("assignment signed by a laptop", "crafted", "refused by name"),
    57: (
        "bombs: lengths, depth, counts, NaN, surrogates; nonsense in records",
        "hostile files",
        "refused early; bounded memory",
    ),
    58: ("names that are traps; capitals", f"hostile files, {SAMBA}", "checked before any open"),
    59: ("long, UNC and odd root paths", "–", "works, or refused at set-up"),
    60: ("FAT32 stick", "–", "works; large files in pieces"),
    61: ("stick pulled while writing", MOUNT, "nothing written beside it; the rest next time"),
    62: ("stick with two counties or an old copy", SIM, "own county only; never backwards"),
    63: ("same segment by stick and share", "two folders", "taken once"),
    64: ("everybody pushes in the same minute", "50 processes", "nobody fails, no manual repair"),
    65: ("10^5 visits, a new laptop", "base", "bounded time and memory"),
    66: ("a folder of 10^5 names", "bench", "idle cost unchanged"),
    67: ("killed while rolling up; roll-up beside a pull", f"{DISK}, {SIM}", "no reader misses anything"),
    68: ("absent for 200 days", SIM, "base and packs; own visits go out"),
    69: ("flush fails once", f"{STRACE}, {DISK}", "file discarded, written anew"),
    70: ("short write, EINTR, ESTALE, ETIMEDOUT at each call", f"{DISK}, {STRACE}", "waited out"),
    71: ("slow and distant line, sleep in mid-push", f"{SAMBA}, {SIM}", "goes on where it was"),
    72: ("cancelled, or the program ends in mid-sync", DISK, "nothing half-done"),
    73: ("a second program on the same data", "process", "the second is told"),
    74: ("database locked by another program", "process", "waited for, then told; nothing lost"),
    75: ("key store unavailable", "–", "another way to the key"),
}

BENCHED: dict[int, tuple[str, ...]] = {65: ("bench/sync_base.py",), 66: ("bench/sync_idle.py",)}
"""Rows about time and memory, which are measured, not tested."""

NOT_SHOWN: dict[int, str] = {
    59: "needs a real Windows machine.",
    60: "needs a kernel that mounts FAT; large files in pieces are shown by `sync/test_heal large_video`.",
    75: "the first version keeps its keys in its own data folder and asks no key store.",
}

PARTLY: dict[int, str] = {
    5: "programs are killed, and the simulator cuts the power; on a real disk the pages that were not flushed stay.",
    12: "with Samba's rights; a Windows server's own access lists need a real Windows machine.",
    13: "by the failing disk, which refuses it, and Samba; Windows' own refusal needs a real Windows machine.",
    14: "with a second SMB client and Windows' error numbers; a Windows client needs a real Windows machine.",
    15: "a real virus scanner needs a real Windows machine.",
    18: "names and space run out; quotas (EDQUOT) are classed with them and not brought about.",
    58: "what Windows itself makes of such names needs a real Windows machine.",
    61: "by taking the file system away under the program; a stick that loses its own writes needs a real stick.",
    72: "cancelled at every point; how long the window takes to close is not measured.",
    66: "measured by bench at 10^3 and 10^5.",
}

LONG_RUNS = (
    "Hostile files, `JIANDU_HOSTILE=110000`: 117,035 inputs (18,360 each of segments, of segments signed by an insider,"
    " heads, bases, lists of chunks, photos; 6,875 root files); none applied. The packs of that run were not finished.",
    "Random kills, `JIANDU_SOAK=1200`, four laptops and an office: every record and photo confirmed and equal at the"
    " office; five half-written readable documents were left behind, which was mended. A second run on the mended"
    " program was stopped from outside after 17 minutes: 207 visits, all at the office, nothing left behind.",
    "Everybody at once, `JIANDU_LAPTOPS=300` on two processors: 300 of 300 confirmed, no failure; half of them within"
    " 3.5 s, 95 % within 4.7 s.",
    "Records that make no sense, signed by a known laptop: 200 of them, and none stops the office. Until then the test"
    " had laid no heads, so that nothing of it was read; the first record that was read had stopped every later round.",
    "Two real laptops, an office and a folder in any order, `JIANDU_STATES=15`: 15 runs of 30 steps, nothing lost.",
    "System calls, `JIANDU_FAULTS=all`: killed at every changing call of a push; errors and the office's pull were gone"
    " through in part only, as in CI.",
)
"""What was run once, longer than CI has time for."""
