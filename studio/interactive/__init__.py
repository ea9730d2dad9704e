"""One object's mask from clicks and a box, by an encoder and a decoder in ONNX files.

The window knows only what is asked (``asking``) and which model there is (``models``); the two
modules that need onnxruntime or large arrays (``pair``, ``embeddings``) are for its child process.
"""
