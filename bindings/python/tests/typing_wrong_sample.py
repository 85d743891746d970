"""What the types must refuse, line by line."""

import modcore

engine = modcore.compile_files("spam")
engine.scan(b"bytes")
engine.scan("a", auther={})
engine.scan("a").verdict = modcore.Verdict.HIDE
engine.scan("a").verdict + "text"
modcore.compile(7)
