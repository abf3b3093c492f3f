package connector

import (
	"errors"
	"io/fs"
)

func (r *Runner) writeRecord(e WriteRecord) Event {
	out := RecordDone{Attempt: e.Attempt}
	var err error
	if out.Path, err = r.ports.Records.Write(e.Connector, e.Path, e.Replace); err != nil {
		out.Reason, out.Raw = RecordReasonOf(err), cleanLine(err.Error())
	}
	return out
}

// RecordReasonOf says in a word why a consent record could not be written.
func RecordReasonOf(err error) Reason {
	switch {
	case errors.Is(err, ErrNotAFile):
		return ReasonRecordPath
	case errors.Is(err, fs.ErrExist):
		return ReasonRecordExists
	case errors.Is(err, fs.ErrNotExist):
		return ReasonRecordFolder
	case errors.Is(err, fs.ErrPermission):
		return ReasonRecordDenied
	}
	return ReasonRecordFailed
}
