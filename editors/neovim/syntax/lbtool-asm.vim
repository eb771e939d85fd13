" Machine code as :LbtoolAssembly shows it: ordinal, offset, wasm, offset, bytes, x86-64; notes.
if exists('b:current_syntax')
  finish
endif
syntax match lbtoolAsmHead /^func \d.*$/
syntax match lbtoolAsmLead /^ \+\%((entry)\|[a-z.]\+\%(@\d\+\)\?:\)\?/ nextgroup=lbtoolAsmOffset skipwhite
syntax match lbtoolAsmOrdinal /^ *\d\+ \+0x\x\+/ nextgroup=lbtoolAsmWasm skipwhite
syntax match lbtoolAsmSummary /^\d\+ bytes, .*$\|^ *# \+at  wasm .*$/
syntax match lbtoolAsmWasm /\S\+\%( \S\+\)*/ contained nextgroup=lbtoolAsmOffset,lbtoolAsmReason skipwhite
syntax match lbtoolAsmOffset /\<\x\+\>/ contained nextgroup=lbtoolAsmBytes skipwhite
syntax match lbtoolAsmBytes /\<\%(\x\x\)\+  \@=/ contained nextgroup=lbtoolAsmMnemonic skipwhite
syntax match lbtoolAsmMnemonic /\<[a-z][a-z0-9]*\>/ contained
syntax match lbtoolAsmReason /- [^;]*/ contained
syntax match lbtoolAsmLabel /\<[a-z][a-z.]*\%(@\d\+\)\?:\|\<trap\.[a-z.]\+\%(@\d\+\)\?\|@\d\+\%(+\x\+\)\?\|\$[^ \t;,]\+/
syntax match lbtoolAsmRegister /%\?\<\%([re]\?\%(ax\|bx\|cx\|dx\|si\|di\|bp\|sp\|ip\)\|[abcd][lh]\|\%(si\|di\|bp\|sp\)l\|r\%(8\|9\|1[0-5]\)[dwb]\?\|[xy]mm\%(1[0-5]\|[0-9]\)\)\>/
syntax match lbtoolAsmNumber /\<0x\x\+\>/
syntax keyword lbtoolAsmSize byte word dword qword xword yword ptr
syntax match lbtoolAsmNote /;.*$/
highlight default link lbtoolAsmHead Title
highlight default link lbtoolAsmSummary Comment
highlight default link lbtoolAsmLead Label
highlight default link lbtoolAsmOrdinal Comment
highlight default link lbtoolAsmWasm Function
highlight default link lbtoolAsmOffset Comment
highlight default link lbtoolAsmBytes Comment
highlight default link lbtoolAsmMnemonic Statement
highlight default link lbtoolAsmReason Comment
highlight default link lbtoolAsmLabel Label
highlight default link lbtoolAsmRegister Identifier
highlight default link lbtoolAsmNumber Number
highlight default link lbtoolAsmSize Type
highlight default link lbtoolAsmNote Comment
let b:current_syntax = 'lbtool-asm'
