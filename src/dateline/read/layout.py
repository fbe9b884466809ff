"""Hard line breaks: text wrapped at a fixed width (mail, terminals) is joined back into paragraphs; lists and tables keep their lines."""

from __future__ import annotations

from itertools import pairwise

_WIDEST = 130  # Lines longer than this are paragraphs, not wrapped lines.
_NARROWEST = 50
_BULLETS = ("-", "*", "•", "–", "—", "·", "|", "#", ">", "+")


def unwrap(lines: list[str]) -> list[str]:
    """Return the lines with wrapped paragraphs joined.

    A break counts as wrapping when the first word of the next line would not have fitted in the width that the text keeps to (the length of its
    longest line), which is how every word processor wraps; one break that could have been avoided shows that breaks mean something.
    """
    blocks = _blocks(lines)
    inner = [line for block in blocks if len(block) > 1 for line in block]
    width = max(map(len, inner), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    # Trailing lines of paragraphs may be short, all others must be full.
    candidates = [block for block in blocks if len(block) > 1 and not any(line.startswith(_BULLETS) for line in block)]
    wrapped = [block for block in candidates if _is_wrapped(block, width)]
    if sum(map(len, wrapped)) < 3 or len(wrapped) * 2 < len(candidates):
        return lines
    joined: list[str] = []
    for block in blocks:
        joined.extend([" ".join(block)] if block in wrapped else block)
    return joined


def _is_wrapped(block: list[str], width: int) -> bool:
    slack = 3  # Trailing spaces and tabs were squeezed before.
    return all(len(line) + 1 + len(after.split(" ", 1)[0]) > width - slack for line, after in pairwise(block))


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return runs of non-empty lines; every empty line is a block of its own."""
    blocks: list[list[str]] = []
    for line in lines:
        if line and blocks and blocks[-1][0]:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks
