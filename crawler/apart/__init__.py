"""Reading in processes apart, so that a document which hangs or crashes a parser costs one page its check (ring 2).

    readers  `Readers`: a few children, each with a deadline for every job; a child that hangs or dies is replaced
    child    the loop of such a process: limits of memory and processor time, no network, none of our secrets
    wire     what travels between them; a child is not trusted, so only plain values of known classes come back

May import ring 1 only, and never the rooms that do I/O.
"""
