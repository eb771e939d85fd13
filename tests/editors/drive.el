;;; drive.el --- Emacs with our package, driven as by a user -*- lexical-binding: t; -*-
;;   emacs --batch -l drive.el
;; Writes what it saw as JSON into the file of the variable SEEN; DEMO is the text module.

(require 'package)
(package-initialize)
(require 'json)
(add-to-list 'load-path (getenv "PACKAGE"))
(require 'lbtool)
(setq eglot-sync-connect 30
      eglot-autoshutdown t
      eglot-send-changes-idle-time 0.01
      make-backup-files nil)

(defvar seen nil)
(defun note (name value) (push (cons name value) seen))

(defun await (what condition)
  "Let Emacs work until CONDITION gives something, which is given."
  (let ((deadline (+ (float-time) 30)) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) deadline) (error "Never: %s" what))
      (accept-process-output nil 0.01)
      ;; What runs when a user does nothing.
      (run-hooks 'post-command-hook)
      (eglot--signal-textDocument/didChange))
    found))

(defun text-of (buffer)
  (with-current-buffer buffer (buffer-substring-no-properties (point-min) (point-max))))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun hover ()
  "What eldoc shows at point."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (substring-no-properties (await "a hover" (lambda () shown)))))

(defun problems ()
  (flymake-start)
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun replace (old new)
  (go-to old)
  (delete-region (match-beginning 0) (match-end 0))
  (insert new))

(defun drive ()
  (note 'version emacs-version)
  (find-file (getenv "DEMO"))
  (note 'mode major-mode)
  (call-interactively #'eglot)
  (await "a server" #'eglot-current-server)
  (flymake-mode 1)
  (go-to "i32.div_s")
  (note 'hover (hover))

  (lbtool-assembly)
  (let ((assembly (get-buffer "*assembly of demo.wat*")))
    (await "the assembly" (lambda () (string-match-p "idiv" (text-of assembly))))
    (note 'assembly (text-of assembly))
    (await "linked lines" (lambda () (buffer-local-value 'lbtool--linked assembly)))
    (note 'linked
          (with-current-buffer assembly
            (mapcar (lambda (each)
                      (buffer-substring-no-properties (overlay-start each)
                                                      (overlay-end each)))
                    lbtool--linked)))
    (with-current-buffer assembly
      (font-lock-ensure)
      (go-to "idiv")
      (note 'faces (mapcar (lambda (word)
                             (go-to word)
                             (get-text-property (point) 'face))
                           '("func 0" "i32.div_s" "idiv" "- local" "trap.divide"))))
    (replace "i32.div_s" "i32.rem_u")
    (await "code of the edit"
           (lambda () (string-match-p "i32.rem_u" (text-of assembly))))
    (note 'edited (text-of assembly))
    (replace "i32.rem_u" "i64.add")
    (note 'diagnostics (await "diagnostics" #'problems))
    (await "stale code" (lambda () (string-match-p "^; stale" (text-of assembly))))
    (replace "i64.add" "i32.div_s")
    (await "no diagnostics" (lambda () (not (problems)))))

  (note 'exports (vconcat (lbtool--exports)))
  (note 'result (lbtool-run "fib" "20"))
  (note 'trapped (lbtool-run "div" "1 0"))
  (note 'trap (await "a trap" #'problems))

  (set-buffer-modified-p nil)
  (find-file (concat (file-name-sans-extension (getenv "DEMO")) ".wasm"))
  (note 'binary (text-of (current-buffer)))
  (note 'readonly (if buffer-read-only t :json-false))
  ;; By the server that the project has.
  (await "a server for the binary" #'eglot-managed-p)
  (go-to "i32.div_s")
  (note 'binary_hover (hover))

  (let ((lbtool-command '("lbtool-is-not-there" "lsp"))
        (binary (buffer-file-name)))
    (note 'absent (condition-case problem (progn (lbtool--contact) "started")
                    (user-error (cadr problem))))
    (note 'ensured (lbtool-ensure))
    (with-temp-buffer
      (set-buffer-multibyte nil)
      (insert-file-contents-literally binary)
      (setq buffer-file-name binary)
      (note 'kept (condition-case nil (lbtool-wasm-mode)
                    (user-error (buffer-substring 2 5))))
      (setq buffer-file-name nil)
      (set-buffer-modified-p nil)))

  (with-temp-buffer
    (insert-file-contents (getenv "MNEMONICS"))
    (lbtool-wat-mode)
    (font-lock-ensure)
    (goto-char (point-min))
    (let (plain)
      (while (not (eobp))
        (unless (get-text-property (1+ (point)) 'face)
          (push (buffer-substring-no-properties (point) (line-end-position)) plain))
        (forward-line))
      (note 'plain (vconcat plain)))))

(condition-case problem
    (drive)
  (error (note 'problem (format "%S" problem))))
(with-temp-file (getenv "SEEN")
  (insert (json-encode seen)))
(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(when (eglot-current-server)
  (ignore-errors (eglot-shutdown (eglot-current-server))))
;;; drive.el ends here
