"""The bill of materials is held to the locks; `make check` makes one and reads it as here."""

import importlib.util
import json

from tests.architecture.source import ROOT

spec = importlib.util.spec_from_file_location("sbom", ROOT / "scripts" / "sbom.py")
sbom = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sbom)


def bill(parts, **more):
    """The least that a bill of these parts is."""
    hashes = [{"alg": "SHA-256", "content": "0" * 64}]
    components = [
        {"type": "library", "name": name, "version": version, "hashes": hashes, **more}
        for name, version in parts
    ]
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    return json.dumps(head | {"components": components})


def test_a_missing_part_an_odd_one_and_one_without_a_hash_are_told():
    locked = sorted(sbom.locked())
    assert {"django", "htmx.org"} <= {name for name, _version in locked}
    assert sbom.faults(bill(locked)) == []
    (name, version), *others = locked
    assert sbom.faults(bill(others)) == [f"{name} {version} is not in it"]
    assert sbom.faults(bill([*locked, ("leftpad", "1.0")])) == ["leftpad 1.0 is in no lock"]
    assert f"{name} has no hash" in sbom.faults(bill(locked, hashes=[]))
    assert sbom.faults(bill(locked, type="spoon"))


def test_what_comes_from_npm_has_the_hash_of_its_lock():
    found = {name: sbom.component(name, told) for name, told in sbom.assets()}
    assert found["htmx.org"]["purl"].startswith("pkg:npm/htmx.org@")
    assert all(part["hashes"][0]["alg"] == "SHA-512" for part in found.values())
    assert all(len(part["hashes"][0]["content"]) == 128 for part in found.values())
