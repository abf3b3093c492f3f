package connector

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"syscall"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
)

// locals are the kinds of errors that come from this computer, in the order in which they are looked for.
var locals = []struct {
	err  error
	kind Kind
}{
	{ErrKeychainMissing, KindKeychainMissing},
	{ErrKeychainLocked, KindKeychainLocked},
	{ErrKeychainFull, KindKeychainFull},
	{ErrKeychainSlow, KindKeychainSlow},
	{ErrKeychainBroken, KindKeychainBroken},
	{ErrCredentialAbsent, KindCredentialGone},
	{ErrListDamaged, KindListDamaged},
	{ErrListNewer, KindListNewer},
	{ErrBusy, KindBusy},
	{ErrAbsent, KindConnectorGone},
	{browser.ErrNoBrowser, KindNoBrowser},
	{browser.ErrNoDisplay, KindNoDisplay},
	{browser.ErrMode, KindBrowserFailed},
	{browser.ErrAddress, KindBrowserFailed},
}

// localProblem is the problem of the keychain, the lists, the disk, a certificate's file, a browser or the listener; nil for
// another error.
func localProblem(err error) *Problem {
	kind := localKind(err)
	if kind == "" {
		return nil
	}
	p := problem(kind, "")
	p.Raw = cleanLine(err.Error())
	return p
}

func localKind(err error) Kind {
	for _, l := range locals {
		if errors.Is(err, l.err) {
			return l.kind
		}
	}
	var file *auth.CloudsFileError
	if errors.As(err, &file) {
		return KindCloudsFile
	}
	var op *net.OpError
	if errors.As(err, &op) {
		if op.Op == "listen" {
			return KindListener
		}
		return KindNoNetwork
	}
	if isDisk(err) {
		return KindDisk
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return KindNoNetwork
	}
	return ""
}

func isDisk(err error) bool {
	var path *fs.PathError
	var link *os.LinkError
	return errors.As(err, &path) || errors.As(err, &link) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, fs.ErrPermission)
}
