"""Other people's ESC/POS programs, held against ours by ../escpos_bytes.rs.

python-escpos writes slips, emupos reads and draws them, zxing-cpp reads codes in pictures. The rows
of a slip come on standard input, a row a line, its fields divided by tabs.
"""

import pathlib
import re
import sys
import types

import zxingcpp
from PIL import Image


def adapt():
    """Lets emupos, which is for Python 3.13, run on older ones: no `type X = ...`, no settings."""
    import importlib.util

    package = pathlib.Path(importlib.util.find_spec("emupos").origin).parent
    for file in [package / "events.py", *(package / "printer/escpos").glob("*.py")]:
        source = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^type (\w+) =", r"\1 =", source), "utf-8")


def write(rows, chinese):
    """A slip by python-escpos as it comes: its QR codes are pictures.

    Its own text encoder knows no Chinese and prints `?`, so text goes through `_raw` in GB18030,
    the shortest way it has. Modes are set only where they change, also to its advantage.
    """
    from escpos.printer import Dummy

    printer = Dummy()
    printer.hw("INIT")
    now = {"align": "left", "bold": False, "large": False}
    for kind, *fields in rows:
        if kind == "text":
            align, bold, large, text = fields
            want = {"align": align, "bold": bold == "true", "large": large == "true"}
            if want["large"] != now["large"]:
                size = want["large"]
                if size:
                    printer.set(double_width=True, double_height=True)
                else:
                    printer.set(normal_textsize=True)
            changed = {key: want[key] for key in ("align", "bold") if want[key] != now[key]}
            if changed:
                printer.set(**changed)
            now = want
            if chinese:
                printer._raw(text.encode("gb18030") + b"\n")
            else:
                printer.textln(text)
        elif kind == "qr":
            data, module, native = fields
            if now["align"] != "center":
                printer.set(align="center")
                now["align"] = "center"
            printer.qr(data, ec=1, size=int(module), native=native == "true")
        elif kind == "barcode":
            printer.barcode("{B" + fields[0], "CODE128", function_type="B", width=2)
        elif kind == "cut":
            printer.cut()
    return printer.output


def tokens(data):
    from emupos.printer.escpos.tokenizer import Tokenizer

    tokenizer = Tokenizer()
    read = tokenizer.feed(data)
    rest = tokenizer.close()
    return read + ([rest] if rest else [])


def read(data):
    """What a slip in GB18030 says, a line a row; what is no command that is known as [hex]."""
    from emupos.printer.escpos.tokenizer import Command, Text

    lines, line = [], b""
    for token in tokens(data):
        if isinstance(token, Text):
            line += token.data
        elif isinstance(token, Command) and token.name == "LF":
            lines.append(line.decode("gb18030"))
            line = b""
        elif isinstance(token, Command) and token.name == "GS ( k" and token.data[1] == 80:
            lines.append(f"[QR {token.data[3:].decode('utf-8')}]")
        elif isinstance(token, Command) and token.name == "GS V":
            lines.append("[cut]")
        elif not isinstance(token, Command):
            lines.append(f"[{token.raw.hex(' ')}]")
    return lines


def draw(data, picture):
    """Draws a slip of a Western 80 mm printer; gives what it says and what it did not know."""
    settings = types.ModuleType("emupos.config")
    settings.PrinterProfile = settings.PrinterId = object
    sys.modules["emupos.config"] = settings
    from emupos.printer.escpos.model import PrintModel

    cell = types.SimpleNamespace
    profile = types.SimpleNamespace(
        width_dots=576,
        font_a=cell(width=12, height=24),
        font_b=cell(width=9, height=17),
        code_pages={0: "PC437", 2: "PC850", 16: "WPC1252", 19: "PC858"},
        default_code_page=0,
    )
    model = PrintModel("lodge", profile)
    events = [event for token in tokens(data) for event in model.process(token)]
    receipt = model.finish("cut")
    pathlib.Path(picture).write_bytes(receipt.png)
    # It leaves the cut to another part of itself.
    odd = [event.data for event in events if event.data.get("command") != "GS V"]
    unknown = [f"[unknown {data}]" for data in odd]
    return receipt.text.splitlines() + unknown


def pages(names):
    """The characters of bytes 80 to FF in these code pages, a page a line; `?` where there is none."""
    upper = bytes(range(0x80, 0x100))
    return [
        "".join(bytes([byte]).decode(name, "replace").replace("\ufffd", "?") for byte in upper)
        for name in names
    ]


def main(task, *files):
    if task == "adapt":
        return adapt()
    if task == "codes":
        found = zxingcpp.read_barcodes(Image.open(files[0]).convert("L"))
        lines = [f"{code.format.name} {code.text}" for code in found]
        print("\n".join(sorted(lines)))
        return None
    if task in ("write", "write-chinese"):
        rows = [line.split("\t") for line in sys.stdin.buffer.read().decode("utf-8").splitlines()]
        pathlib.Path(files[0]).write_bytes(write(rows, task == "write-chinese"))
        return None
    if task == "pages":
        sys.stdout.buffer.write("\n".join(pages(files)).encode("utf-8"))
        return None
    data = pathlib.Path(files[0]).read_bytes()
    lines = read(data) if task == "read" else draw(data, files[1])
    sys.stdout.buffer.write("\n".join(lines).encode("utf-8"))
    return None


main(*sys.argv[1:])
