"""The vault: the files of proofs, each kept once under the digest of its content, beside the network that names them.

``files`` keeps contents, ``place`` says where a network's are, ``access`` attests who did what with them, ``deposits``
and ``readings`` are what people do, ``checking`` holds the vault against the network, ``transfer`` moves it.
"""
