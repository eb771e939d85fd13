"""Signatures: where each argument and result of a function type travels.

Computed once per structural function type (``lbtool.abi`` has the sequences), which at
the same time gives the process-wide type ids that ``call_indirect`` compares.
"""
# ruff: noqa: ANN001, ANN201, ANN204, F821 - C names and types are in the .pxd

import cython

from lbtool.buffers import words


class Signature:
    """A function type, its process-wide id, and where each value travels."""

    def __cinit__(self, functype, type_id):
        self.type = functype
        self.type_id = type_id
        params, results = functype.params, functype.results
        self.n_params, self.n_results = len(params), len(results)
        self.kinds = bytearray(params + results) or bytearray(1)
        self.places = words(max(1, len(params) + len(results)))
        self.n_stack_args = self.assign(
            params, 0, LB_INTS, N_INT_ARGS, LB_FLOATS, N_FLOAT_ARGS, 0
        )
        self.n_stack = self.assign(
            results,
            self.n_params,
            LB_INT_RESULTS,
            N_INT_RESULTS,
            LB_FLOAT_RESULTS,
            N_FLOAT_RESULTS,
            self.n_stack_args,
        )

    def assign(self, kinds, first, ints, n_ints, floats, n_floats, stack):
        """Places of some values in order; the number of stack words used so far."""
        for k, kind in enumerate(kinds, first):
            if kind in (F32, F64):
                if n_floats:
                    self.places[k] = floats
                    floats, n_floats = floats + 1, n_floats - 1
                    continue
            elif n_ints:
                self.places[k] = ints
                ints, n_ints = ints + 1, n_ints - 1
                continue
            self.places[k] = LB_WORDS + stack
            stack += 1
        return stack


SIGNATURES = cython.declare(list, [None])
BY_TYPE = cython.declare(dict, {})


def signature(functype):
    """The one `Signature` of a function type; type ids are structural."""
    found = BY_TYPE.get(functype)
    if found is None:
        found = BY_TYPE.setdefault(functype, Signature(functype, len(SIGNATURES)))
        if found.type_id == len(SIGNATURES):
            SIGNATURES.append(found)
    return found


def signature_of(type_id):
    """The signature with this id."""
    return SIGNATURES[type_id]
