# SPDX-License-Identifier: MIT
"""The bytes of small files of every kind the program reads, made without the program or NumPy."""

import io
import json
import struct
import zipfile
import zlib


def idx(shape, elements):
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape) + bytes(elements)


def npy(descr, shape, data, fortran=False, version=1):
    header = repr({"descr": descr, "fortran_order": fortran, "shape": shape}).encode() + b"\n"
    size = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + size + header + data


def npz(arrays, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in arrays.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), data, method)
    return file.getvalue()


def safetensors(tensors, metadata, kind="F32"):
    """`tensors` is a list of name, shape, values."""
    header, data = {"__metadata__": metadata}, b""
    letter = {"F32": "f", "F64": "d"}[kind]
    for name, shape, values in tensors:
        packed = struct.pack(f"<{len(values)}{letter}", *values)
        header[name] = {"dtype": kind, "shape": shape,
                        "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def model(sizes, kind="F32", **metadata):
    tensors = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:]), 1):
        tensors.append((f"W{i}", [inputs, outputs], [0.5] * (inputs * outputs)))
        tensors.append((f"b{i}", [outputs], [0.25] * outputs))
    return safetensors(tensors, {
        "format": "gradus-model", "format_version": "1", "layers": ",".join(map(str, sizes)),
        "activation": "relu", "loss": "cross_entropy", "input_scale": "1",
        "sample_shape": str(sizes[0]), **metadata}, kind)


def checkpoint(tensors, kind="F32", **more):
    """As train/checkpoint.cpp: a checksum of names, numbers and metadata."""
    metadata = {"format": "gradus-checkpoint", "format_version": "1", "iteration": "7",
                "last_recorded_iteration": "", "best_validation_loss": "",
                "records_without_improvement": "0", **more}
    content = b"".join(name.encode() + struct.pack(
        f"<{len(values)}{'f' if kind == 'F32' else 'd'}", *values) for name, _, values in tensors)
    content += b"".join(f"{key}={metadata[key]}\n".encode() for key in sorted(metadata))
    return safetensors(tensors, {**metadata, "crc32": f"{zlib.crc32(content):08x}"}, kind)


def gray_png(rows):
    """A picture of 8 bits, a list of rows of pixels."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = b"".join(b"\0" + bytes(row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))
