package program

import (
	"errors"
	"fmt"
	"os"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/gui"
)

// sayNotStarted says, without a window, why there is none and what to do, and returns the exit code. Whoever starts a window program sees no
// stderr on most systems.
func (p *program) sayNotStarted(err error) int {
	gui.SayNatively(p.tr.Text("app.name", nil), p.startError(err))
	return 1
}

// startError says why the program could not start, and what to do.
func (p *program) startError(err error) string {
	var file *auth.CloudsFileError
	var pictures *picturesError
	switch {
	case errors.As(err, &pictures):
		return p.tr.Text("start.error.pictures", map[string]any{"Path": pictures.folder, "Raw": pictures.err})
	case errors.As(err, &file) && !p.rehearse:
		args := map[string]any{"Path": file.Path, "Line": file.Line, "Key": file.Key, "Reason": file.Reason}
		return p.tr.Text("start.error.clouds", args)
	case p.rehearse:
		return p.tr.Text("start.error.rehearsal", map[string]any{"Path": os.TempDir(), "Raw": err})
	}
	return p.tr.Text("start.error.config-dir", map[string]any{"Raw": err})
}

// picturesError means that the folder for pictures can't be made.
type picturesError struct {
	folder string
	err    error
}

func (e *picturesError) Error() string {
	return fmt.Sprintf("pictures: %s: %v", e.folder, e.err)
}

func (e *picturesError) Unwrap() error { return e.err }

// makePictures makes the folder for pictures, if any are wanted.
func (o options) makePictures() error {
	if o.pictures == "" {
		return nil
	}
	if err := os.MkdirAll(o.pictures, 0o750); err != nil {
		return &picturesError{o.pictures, err}
	}
	return nil
}

// flagError says what is wrong with the flags, in the words of package flag, and what to do.
func flagError(tr *assets.Translator, err error) string {
	return tr.Text("start.error.flag", map[string]any{"Raw": err})
}
