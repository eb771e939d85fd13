;;; lbtool.el --- Machine code of WebAssembly text -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A major mode for WebAssembly text, the server for eglot, and two commands:
;; `lbtool-assembly' shows the machine code of the buffer in a window beside it,
;; `lbtool-run' runs an export.  Hovers come by eldoc.

;;; Code:

(require 'eglot)
(require 'jsonrpc)

(defgroup lbtool nil
  "Machine code of WebAssembly."
  :group 'languages)

(defcustom lbtool-command '("lbtool" "lsp")
  "The command that starts the language server."
  :type '(repeat string))

(defcustom lbtool-trusted t
  "Whether exports may be run."
  :type 'boolean)

(defvar lbtool-wat-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?\( "() 1n" table)
    (modify-syntax-entry ?\) ")( 4n" table)
    (modify-syntax-entry ?\; "< 123" table)
    (modify-syntax-entry ?\n ">" table)
    (dolist (char (string-to-list "!#$%&'*+-./:<=>?@\\^_`|~"))
      (modify-syntax-entry char "_" table))
    table)
  "Syntax of WebAssembly text: words are what the specification calls keywords.")

(defconst lbtool-wat-keywords
  `((,(regexp-opt '("module" "type" "func" "param" "result" "local" "import" "export"
                    "table" "memory" "global" "elem" "data" "start" "offset" "item"
                    "declare" "mut")
                  'symbols)
     . font-lock-keyword-face)
    (,(regexp-opt '("block" "loop" "if" "then" "else" "end" "br" "br_if" "br_table"
                    "return" "call" "call_indirect" "unreachable" "nop" "drop" "select")
                  'symbols)
     . font-lock-builtin-face)
    (,(regexp-opt '("i32" "i64" "f32" "f64" "v128" "funcref" "externref") 'symbols)
     . font-lock-type-face)
    ("\\_<[a-z0-9]+\\.[a-z0-9_.]+\\_>" . font-lock-function-name-face)
    ("\\$[^][ \t\n()\";]+" . font-lock-variable-name-face))
  "Highlighting of WebAssembly text.")

;;;###autoload
(define-derived-mode lbtool-wat-mode prog-mode "WAT"
  "Major mode for WebAssembly text."
  (setq-local comment-start ";; ")
  (setq-local font-lock-defaults '(lbtool-wat-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.was?t\\'" . lbtool-wat-mode))

(defclass lbtool-server (eglot-lsp-server) ()
  "The server of lbtool.")

(cl-defmethod eglot-initialization-options ((_server lbtool-server))
  "Say whether exports may be run."
  (list :trusted (if lbtool-trusted t :json-false)))

(add-to-list 'eglot-server-programs
             `((lbtool-wat-mode :language-id "wat")
               . ,(lambda (&rest _) (cons 'lbtool-server lbtool-command))))

(defun lbtool--server ()
  "The server of the buffer; an error when there is none."
  (or (eglot-current-server) (user-error "No server: M-x eglot")))

(defvar-local lbtool--source nil
  "In a buffer with machine code: the buffer that it is made of.")

(defun lbtool--fill (source)
  "Fetch the machine code of SOURCE into the current buffer."
  (let* ((answer (with-current-buffer source
                   (jsonrpc-request (lbtool--server) :lbtool/assembly
                                    (list :textDocument
                                          (eglot--TextDocumentIdentifier)))))
         (inhibit-read-only t)
         (place (point)))
    (erase-buffer)
    (insert (plist-get answer :text))
    (goto-char (min place (point-max)))))

(defun lbtool-assembly-refresh (&rest _)
  "Fetch the machine code again."
  (interactive)
  (when (buffer-live-p lbtool--source)
    (lbtool--fill lbtool--source)))

;;;###autoload
(defun lbtool-assembly ()
  "Show the machine code of this buffer in a window beside it."
  (interactive)
  (let* ((source (current-buffer))
         (name (format "*assembly of %s*" (buffer-name)))
         (buffer (get-buffer-create name)))
    (with-current-buffer buffer
      (special-mode)
      (setq lbtool--source source)
      (setq-local revert-buffer-function #'lbtool-assembly-refresh)
      (lbtool--fill source))
    (add-hook 'after-save-hook
              (lambda ()
                (when (buffer-live-p buffer)
                  (with-current-buffer buffer (lbtool-assembly-refresh))))
              nil t)
    (display-buffer buffer '(display-buffer-in-direction (direction . right)))))

;;;###autoload
(defun lbtool-run (export arguments)
  "Run EXPORT of this buffer with ARGUMENTS, separated by spaces."
  (interactive "sExport: \nsArguments: ")
  (let ((outcome (eglot-execute-command
                  (lbtool--server) 'lbtool.run
                  (vector (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri)
                                :export export
                                :args arguments)))))
    (message "lbtool: %s" (plist-get outcome :text))))

(provide 'lbtool)
;;; lbtool.el ends here
