//go:build e2e && linux

package measure

import (
	"context"
	"fmt"
	"io"
	"os/exec"
)

// Typist works the pointer and the keys of a display by one process of xdotool that waits for what to do: starting one for each key would
// take longer than what is measured.
type Typist struct {
	cmd *exec.Cmd
	in  io.WriteCloser
}

// NewTypist starts it; it ends with ctx.
func NewTypist(ctx context.Context) (*Typist, error) {
	t := &Typist{cmd: exec.CommandContext(ctx, "xdotool", "-")}
	var err error
	if t.in, err = t.cmd.StdinPipe(); err == nil {
		err = t.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("xdotool: %w", err)
	}
	return t, nil
}

// Do does something, such as "key Return" or "click 5".
func (t *Typist) Do(command string) error {
	_, err := io.WriteString(t.in, command+"\n")
	return err
}

// Close ends it.
func (t *Typist) Close() error {
	_ = t.in.Close()
	return t.cmd.Wait()
}
