"""Sources as they were cited, cut into plain text and places that a browser can open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

_SITE = "https://github.com/"
_URL = re.compile(r"https?://[^\s;,()]+", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(www\.)?", re.IGNORECASE)
_FILE_URL = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/(?:blob|tree)/[^/]+/(\S+)", re.IGNORECASE)
_REPOSITORY = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+)(?: (?P<path>[^;,()]*[^;,() ]))?")
_AND = re.compile(r" and (?=\S+/\S|\S+\.\w+$)")


@dataclass(frozen=True, slots=True)
class CitedPart:
    """A stretch of a source as it is shown; ``url`` "" for plain text. A browser opens it, nothing else."""

    text: str
    url: str = ""


def cited_parts(cited: str) -> tuple[CitedPart, ...]:
    """Return the parts of a source: web addresses, and files of a repository ("owner/name path")."""
    parts = [part for piece in re.split(r"(; )", cited) for part in _piece(piece)]
    return tuple(part for part in parts if part.text)


def _piece(piece: str) -> Iterator[CitedPart]:
    if _URL.search(piece):
        yield from _addresses(piece)
        return
    named = _REPOSITORY.match(piece)
    if named is None or (not named["path"] and named[0] != piece):
        yield CitedPart(piece)
        return
    repository = named["repo"]
    for number, path in enumerate(_AND.split(named["path"] or "")):
        other = _REPOSITORY.fullmatch(path) if number else None
        repository, inside = (other["repo"], other["path"]) if other and other["path"] else (repository, path)
        yield CitedPart(" and " if number else "")
        yield CitedPart(path if number else f"{repository} {path}".rstrip(), _address(repository, inside))
    yield CitedPart(piece[named.end() :])


def _addresses(piece: str) -> Iterator[CitedPart]:
    end = 0
    for url in _URL.finditer(piece):
        yield CitedPart(piece[end : url.start()])
        yield CitedPart(_short(url[0]), url[0])
        end = url.end()
    yield CitedPart(piece[end:])


def _short(url: str) -> str:
    """Return an address as people read it: without its scheme, a file of a repository by name and path."""
    file = _FILE_URL.fullmatch(url)
    return f"{file[1]} {unquote(file[2])}" if file else _SCHEME.sub("", url).rstrip("/")


def _address(repository: str, path: str) -> str:
    if not path:
        return f"{_SITE}{quote(repository)}"
    kind = "blob" if re.search(r"\.\w+$", path) else "tree"
    return f"{_SITE}{quote(repository)}/{kind}/HEAD/{quote(path)}"
