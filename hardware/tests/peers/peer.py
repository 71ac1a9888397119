"""Other people's programs for card readers and label printers, held against ours by ../peers.rs.

zplkit draws ZPL as a Zebra printer does, zxing-cpp reads codes in pictures; rdm6300 is a program that
reads cards, labeljetty one that prints labels in TSPL.
"""

import pathlib
import select
import sys
import types

# What a label is made of and how often, without a dot of its own: zplkit refuses both.
UNDRAWN = (b"^MNY", b"^PQ1")


def say(line):
    print(line, flush=True)


def codes(picture):
    import zxingcpp
    from PIL import Image

    found = zxingcpp.read_barcodes(Image.open(picture).convert("L"))
    for line in sorted(f"{code.format.name} {code.text}" for code in found):
        say(line)


def parse(file):
    """The commands of a label, each with what follows it."""
    from zplkit.parse import parse

    for element in parse(pathlib.Path(file).read_bytes()).elements:
        if element.kind == "before_first_command" and not element.data.strip():
            continue
        say(f"{element.kind} {bytes(element).strip()!r}")


def draw(file, picture, dpi):
    """Draws a label; gives its size in dots, what was thought odd, and the codes on it."""
    from zplkit import Options, render

    label = pathlib.Path(file).read_bytes()
    for command in UNDRAWN:
        if label.count(command) != 1:
            raise ValueError(f"{label.count(command)} times {command}")
        label = label.replace(command, b"")
    document = render(label, Options(profile="specification", dpi=int(dpi)))
    (scene,) = document.labels
    pathlib.Path(picture).write_bytes(scene.png())
    say(f"{scene.width} {scene.height}")
    for warning in document.warnings:
        # Of text in the printer's own fonts only the sizes are known that somebody printed.
        if not warning.startswith("Resident fonts use captured bitmap strikes"):
            say(f"odd: {warning}")
    codes(picture)


def cards(port):
    """Reads cards until nobody listens any more."""
    from rdm6300 import BaseReader

    class Host(BaseReader):
        def card_inserted(self, card):
            say(f"card {card.type} {card.value}")

        def card_removed(self, card):
            say("gone" if card else "quiet")

        def invalid_card(self, card):
            say("invalid")

        def tick(self):
            if select.select([sys.stdin], [], [], 0)[0]:
                self.stop()

    host = Host(port)
    say("listening")
    host.start()


def label(port, data):
    """Asks a TSPL printer how it is, and prints a QR code when it is ready; again for each line."""
    import serial

    # A module of types alone, which is for a newer Python than many machines have.
    typing = types.ModuleType("PIL._typing")
    typing.StrOrBytesPath = object
    sys.modules["PIL._typing"] = typing
    import PIL

    PIL._typing = typing
    from labeljetty.printer.connection import TSPLPrinterConnectionUSB
    from labeljetty.printer.tspl import TSPLPrinter

    class Connection:
        """Its connection over USB, over a serial port."""

        def __init__(self):
            self.port = serial.Serial(port, 115200, timeout=2)

        def send(self, command, raw=False):
            self.port.write(TSPLPrinterConnectionUSB._to_wire(command, raw))

        def query(self, command, raw=False):
            self.send(command, raw)
            return self.port.read(1)

    printer = TSPLPrinter(Connection(), 60, 40, 203)
    for _ in sys.stdin:
        status = printer.get_status()
        if status is None:
            say("silent")
        elif status.ready:
            printer.print_qrcode(data)
            say("printed")
        else:
            say(f"printing {status.printing}, {printer.get_error_message()}")


def main(task, *words):
    tasks = {"codes": codes, "parse": parse, "draw": draw, "cards": cards, "label": label}
    tasks[task](*words)


main(*sys.argv[1:])
