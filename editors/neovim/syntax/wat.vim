" WebAssembly text, for versions of Neovim that bring no syntax for it.
if exists('b:current_syntax')
  finish
endif
syntax iskeyword @,48-57,_,.,$,!,#,%,&,',*,+,-,/,:,<,=,>,?,@-@,^,`,|,~
syntax region watString start=/"/ skip=/\\./ end=/"/
syntax match watComment /;;.*$/
syntax region watBlockComment start=/(;/ end=/;)/ contains=watBlockComment
syntax match watName /\$[^ \t()";]\+/
syntax match watNumber /\<[+-]\?\(0x[0-9a-fA-F_]\+\|[0-9][0-9_]*\)\([.pPeE][0-9a-fA-F_+-]*\)\?\>/
syntax keyword watField module type func param result local import export table memory
syntax keyword watField global elem data start offset item declare mut
syntax keyword watControl block loop if then else end br br_if br_table return call
syntax keyword watControl call_indirect call_ref return_call return_call_indirect
syntax keyword watControl return_call_ref br_on_null br_on_non_null br_on_cast
syntax keyword watControl br_on_cast_fail unreachable nop drop select
syntax keyword watControl try_table throw throw_ref try catch catch_ref catch_all
syntax keyword watControl catch_all_ref delegate rethrow
syntax keyword watType i32 i64 f32 f64 v128 funcref externref
syntax match watInstruction /\<[a-z][a-z0-9]*\.[a-z0-9_.]\+/
highlight default link watString String
highlight default link watComment Comment
highlight default link watBlockComment Comment
highlight default link watName Identifier
highlight default link watNumber Number
highlight default link watField Keyword
highlight default link watControl Statement
highlight default link watType Type
highlight default link watInstruction Function
let b:current_syntax = 'wat'
