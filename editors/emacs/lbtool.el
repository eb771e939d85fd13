;;; lbtool.el --- Machine code of WebAssembly text -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A major mode for WebAssembly text, the server for eglot, and two commands:
;; `lbtool-assembly' shows the machine code of the buffer in a window beside it,
;; `lbtool-run' runs an export.  Hovers come by eldoc.  Binary modules open as text.

;;; Code:

(require 'eglot)
(require 'jsonrpc)
(require 'url-util)

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
                    "br_on_null" "br_on_non_null" "br_on_cast" "br_on_cast_fail"
                    "return" "call" "call_indirect" "call_ref" "return_call"
                    "return_call_indirect" "return_call_ref" "unreachable" "nop" "drop"
                    "select" "try_table" "throw" "throw_ref" "try" "catch" "catch_ref"
                    "catch_all" "catch_all_ref" "delegate" "rethrow")
                  'symbols)
     . font-lock-builtin-face)
    (,(regexp-opt '("i32" "i64" "f32" "f64" "v128" "funcref" "externref") 'symbols)
     . font-lock-type-face)
    ("\\_<[+-]?\\(?:0x[0-9a-fA-F]\\|[0-9]\\)[0-9a-fA-F_.]*\\(?:[pPeE][+-]?[0-9_]+\\)?\\_>"
     . font-lock-constant-face)
    ("\\_<[a-z0-9]+\\.[a-z0-9_.]+\\_>" . font-lock-function-name-face)
    ("\\$[^][ \t\n()\";]+" . font-lock-variable-name-face))
  "Highlighting of WebAssembly text.")

;;;###autoload
(define-derived-mode lbtool-wat-mode prog-mode "WAT"
  "Major mode for WebAssembly text."
  (setq-local comment-start ";; ")
  (setq-local font-lock-defaults '(lbtool-wat-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.wat\\'" . lbtool-wat-mode))

;; ---- the server

(defclass lbtool-server (eglot-lsp-server) ()
  "The server of lbtool.")

(cl-defmethod eglot-initialization-options ((_server lbtool-server))
  "Say whether exports may be run."
  (list :trusted (if lbtool-trusted t :json-false)))

(cl-defmethod eglot-client-capabilities :around ((_server lbtool-server))
  "Say that we are to be told when a document of the server's has another text."
  (let ((capabilities (cl-call-next-method)))
    (plist-put capabilities :workspace
               (append (plist-get capabilities :workspace)
                       '(:textDocumentContent (:dynamicRegistration :json-false))))))

(defun lbtool--missing ()
  "What to say when there is no program, or nil."
  (unless (executable-find (car lbtool-command))
    (format "lbtool: no program `%s' in `exec-path'; M-x customize-variable lbtool-command"
            (car lbtool-command))))

(defun lbtool--contact (&rest _)
  "How eglot starts the server."
  (let ((missing (lbtool--missing)))
    (when missing (user-error "%s" missing)))
  (cons 'lbtool-server lbtool-command))

(add-to-list 'eglot-server-programs
             '((lbtool-wat-mode :language-id "wat") . lbtool--contact))

;;;###autoload
(defun lbtool-ensure ()
  "Start the server for this buffer, or say why there is none."
  (let ((missing (lbtool--missing)))
    (if missing (message "%s" missing) (eglot-ensure))))

(defun lbtool--server ()
  "The server of the buffer; an error when there is none."
  (or (eglot-current-server) (user-error "No server: M-x eglot")))

;; ---- machine code beside the source

(defconst lbtool-asm-keywords
  (let ((code (concat "  +\\([0-9a-f]+\\)  +\\(\\(?:[0-9a-f][0-9a-f]\\)+\\)"
                      "  +\\([a-z][a-z0-9]*\\)")))
    `(("^func [0-9].*$" . font-lock-function-name-face)
      ("^\\(?:[0-9]+ bytes, \\| *# +at  wasm \\).*$" . 'shadow)
      (";.*$" . font-lock-comment-face)
      ("^ *\\(?:[a-z.]+\\(?:@[0-9]+\\)?:\\|(entry)\\)" . font-lock-constant-face)
      (,(concat code "\\(?: \\|$\\)")
       (1 'shadow) (2 'shadow) (3 font-lock-keyword-face))
      ("^ *\\([0-9]+ +0x[0-9a-f]+\\) +\\([^ \n]+\\(?: [^ \n]+\\)*\\)"
       (1 'shadow) (2 font-lock-function-name-face))
      ("  \\(- [^;\n]*\\)" 1 'shadow)
      ("\\<trap\\.[a-z.]+\\(?:@[0-9]+\\)?\\|@[0-9]+\\(?:\\+[0-9a-f]+\\)?"
       . font-lock-constant-face)
      (,(concat "\\<\\(?:[re]?\\(?:[abcd]x\\|[sd]i\\|[bsi]p\\)\\|[abcd][lh]\\|[sd]il"
                "\\|[bs]pl\\|r\\(?:[89]\\|1[0-5]\\)[dwb]?\\|[xy]mm[0-9]+\\)\\>")
       . font-lock-variable-name-face)))
  "Highlighting of machine code.")

(define-derived-mode lbtool-asm-mode special-mode "Machine code"
  "Major mode for machine code beside its source."
  (setq truncate-lines t)
  (setq-local font-lock-defaults '(lbtool-asm-keywords t))
  (setq-local revert-buffer-function #'lbtool-assembly-refresh))

(defvar-local lbtool--source nil
  "In a buffer with machine code: the buffer that it is made of.")

(defvar-local lbtool--assembly nil
  "In a source: the buffer with its machine code.")

(defvar-local lbtool--linked nil
  "Overlays on the machine code of the instruction at point.")

(defun lbtool--assembly-uri ()
  "As the server names it: made of this buffer, which is the query."
  (concat "lbtool-asm:/assembly.s?"
          (url-hexify-string (plist-get (eglot--TextDocumentIdentifier) :uri))))

(defun lbtool--show (source text)
  "Put TEXT into the buffer with the machine code of SOURCE."
  (let ((buffer (buffer-local-value 'lbtool--assembly source)))
    (when (buffer-live-p buffer)
      (with-current-buffer buffer
        (let ((inhibit-read-only t)
              (line (line-number-at-pos)))
          (erase-buffer)
          (insert text)
          (goto-char (point-min))
          (while (re-search-forward "^; stale:" nil t)
            (let ((end (or (re-search-forward "^$" nil t) (point-max))))
              (put-text-property (match-beginning 0) end 'font-lock-face 'shadow)))
          (goto-char (point-min))
          (forward-line (1- line)))))))

(defun lbtool-assembly-refresh (&rest _)
  "Fetch the machine code again."
  (interactive)
  (let ((source (or lbtool--source (current-buffer))))
    (when (buffer-live-p source)
      (with-current-buffer source
        (jsonrpc-async-request
         (lbtool--server) :workspace/textDocumentContent
         (list :uri (lbtool--assembly-uri))
         :success-fn (lambda (answer)
                       (lbtool--show source (plist-get answer :text))
                       (when (buffer-live-p source)
                         (with-current-buffer source (lbtool--link)))))))))

(cl-defmethod eglot-handle-request
  ((_server lbtool-server) (_method (eql workspace/textDocumentContent/refresh))
   &key &allow-other-keys)
  "There is another text, after an edit or because point went far away."
  (dolist (buffer (buffer-list))
    (when (buffer-live-p (buffer-local-value 'lbtool--assembly buffer))
      (run-with-timer 0 nil (lambda ()
                              (when (buffer-live-p buffer)
                                (with-current-buffer buffer
                                  (lbtool-assembly-refresh)))))))
  nil)

(defun lbtool--link ()
  "Highlight the machine code of the instruction at point, and show it."
  (when (and (buffer-live-p lbtool--assembly) (eglot-current-server))
    (let ((assembly lbtool--assembly))
      (jsonrpc-async-request
       (eglot-current-server) :lbtool/linked (eglot--TextDocumentPositionParams)
       :deferred :lbtool/linked
       :success-fn (lambda (found)
                     (lbtool--highlight assembly (plist-get found :lines)))))))

(defun lbtool--highlight (assembly lines)
  "Highlight LINES, counted from 0, in the buffer ASSEMBLY."
  (when (buffer-live-p assembly)
    (with-current-buffer assembly
      (mapc #'delete-overlay lbtool--linked)
      (setq lbtool--linked nil)
      (save-excursion
        (mapc (lambda (line)
                (goto-char (point-min))
                (forward-line line)
                (let ((overlay (make-overlay (point) (line-beginning-position 2))))
                  (overlay-put overlay 'face 'highlight)
                  (push overlay lbtool--linked)))
              lines))
      (when (> (length lines) 0)
        (goto-char (point-min))
        (forward-line (elt lines 0))
        (dolist (window (get-buffer-window-list assembly nil t))
          (set-window-point window (point)))))))

(defvar-local lbtool--place nil
  "Where point was when its machine code was highlighted.")

(defun lbtool--moved ()
  "Highlight what belongs to point, if it is somewhere else."
  (unless (eql lbtool--place (point))
    (setq lbtool--place (point))
    (lbtool--link)))

;;;###autoload
(defun lbtool-assembly ()
  "Show the machine code of this buffer in a window beside it."
  (interactive)
  (lbtool--server)
  (let* ((source (current-buffer))
         (name (format "*assembly of %s*" (buffer-name)))
         (buffer (get-buffer-create name)))
    (with-current-buffer buffer
      (unless (derived-mode-p 'lbtool-asm-mode)
        (lbtool-asm-mode))
      (setq lbtool--source source))
    (setq lbtool--assembly buffer)
    (add-hook 'post-command-hook #'lbtool--moved nil t)
    (lbtool-assembly-refresh)
    (display-buffer buffer '(display-buffer-in-direction (direction . right)))))

;; ---- runs

(defun lbtool--exports ()
  "Names that this buffer exports functions by, or perhaps something else."
  (let (found)
    (save-excursion
      (goto-char (point-max))
      (while (re-search-backward "(export[ \t\n]+\"\\([^\"\\]+\\)\"" nil t)
        (push (match-string-no-properties 1) found)))
    found))

;;;###autoload
(defun lbtool-run (export arguments)
  "Run EXPORT of this buffer with ARGUMENTS, separated by spaces."
  (interactive (list (completing-read "Run export: " (lbtool--exports))
                     (read-string "Arguments: ")))
  (eglot--signal-textDocument/didChange)
  (let ((outcome (jsonrpc-request
                  (lbtool--server) :workspace/executeCommand
                  (list :command "lbtool.run"
                        :arguments
                        (vector (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri)
                                      :export export
                                      :args arguments)))
                  :timeout 60)))
    (message "%slbtool: %s" (plist-get outcome :output) (plist-get outcome :text))))

;; ---- binary modules

;;;###autoload
(defun lbtool-wasm-mode ()
  "Show a binary module as text, which cannot be changed."
  (let ((file buffer-file-name) status text)
    (when (lbtool--missing) (user-error "%s" (lbtool--missing)))
    (with-temp-buffer
      (setq status (call-process (car lbtool-command) nil t nil "wat" file)
            text (buffer-string)))
    (unless (eql status 0) (user-error "%s" text))
    (let ((inhibit-read-only t))
      (erase-buffer)
      (set-buffer-multibyte t)
      (insert text)
      (goto-char (point-min))))
  (lbtool-wat-mode)
  (setq buffer-read-only t)
  (set-buffer-modified-p nil)
  (add-hook 'write-contents-functions
            (lambda () (user-error "This is the text of a binary module")) nil t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.wasm\\'" . lbtool-wasm-mode))

(provide 'lbtool)
;;; lbtool.el ends here
