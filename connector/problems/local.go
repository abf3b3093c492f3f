package problems

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// locals are the kinds of errors that come from this computer, in the order in which they are looked for.
var locals = []struct {
	err  error
	kind connector.ProblemKind
}{
	{connector.ErrKeychainMissing, connector.KindKeychainMissing},
	{connector.ErrKeychainLocked, connector.KindKeychainLocked},
	{connector.ErrKeychainFull, connector.KindKeychainFull},
	{connector.ErrKeychainSlow, connector.KindKeychainSlow},
	{connector.ErrKeychainBroken, connector.KindKeychainBroken},
	{connector.ErrCredentialAbsent, connector.KindCredentialGone},
	{connector.ErrListDamaged, connector.KindListDamaged},
	{connector.ErrListNewer, connector.KindListNewer},
	{connector.ErrBusy, connector.KindBusy},
	{connector.ErrAbsent, connector.KindConnectorGone},
	{connector.ErrNameTaken, connector.KindNameTaken},
	{connector.ErrOtherAccount, connector.KindOtherAccount},
	{connector.ErrOrigin, connector.KindOtherOrigin},
	{connector.ErrNoToken, connector.KindNoToken},
	{connector.ErrVaultNoSecret, connector.KindVaultNoSecret},
	{connector.ErrVaultMoved, connector.KindVaultMoved},
	{connector.ErrVaultHere, connector.KindVaultHere},
	{connector.ErrNoScheduler, connector.KindNoScheduler},
	{browser.ErrNoBrowser, connector.KindNoBrowser},
	{browser.ErrNoDisplay, connector.KindNoDisplay},
	{browser.ErrMode, connector.KindBrowserFailed},
	{browser.ErrAddress, connector.KindBrowserFailed},
}

// localProblem is the problem of the keychain, the lists, the disk, a certificate's file, a browser or the listener; nil for
// another error.
func localProblem(err error) *connector.Problem {
	if p := scheduleProblem(err); p != nil {
		return p
	}
	if p := forbiddenProblem(err); p != nil {
		return p
	}
	kind := localKind(err)
	if kind == "" {
		return nil
	}
	p := New(kind, "")
	p.Raw = errorLine(err)
	switch kind {
	case connector.KindDisk:
		withFault(p, err)
	case connector.KindKeychainMissing, connector.KindKeychainLocked, connector.KindKeychainBroken:
		withKeychain(p, err)
	default:
	}
	return p
}

// scheduleProblem is the problem of a schedule that could not be set up; nil for another error.
func scheduleProblem(err error) *connector.Problem {
	var unfit *connector.UnfitProgramError
	var tool *connector.SchedulerError
	switch {
	case errors.As(err, &unfit):
		p := New(connector.KindScheduleProgram, "").With("Program", CleanLine(unfit.Program))
		if unfit.Missing {
			p.With("Missing", "-")
		} else if unfit.Folder != "" {
			p.With("Folder", CleanLine(unfit.Folder))
		}
		p.Raw = errorLine(err)
		return p
	case errors.As(err, &tool):
		p := New(connector.KindScheduler, "").With("Command", CleanLine(tool.Command))
		p.Raw = errorLine(err)
		return p
	}
	return nil
}

// forbiddenProblem is the problem of what the administrator of the computer does not allow; nil for another error.
func forbiddenProblem(err error) *connector.Problem {
	var clouds *connector.CloudsForbiddenError
	var daily *connector.DailyCheckForbiddenError
	switch {
	case errors.As(err, &clouds):
		p := New(connector.KindCloudForbidden, "").With("From", clouds.From)
		if clouds.Cloud != "" {
			p.With("Cloud", CleanLine(clouds.Cloud))
		}
		if len(clouds.Allowed) > 0 {
			p.With("Allowed", CleanLine(strings.Join(clouds.Allowed, ", ")))
		}
		return p
	case errors.As(err, &daily):
		return New(connector.KindScheduleForbidden, "").With("From", daily.From)
	}
	return nil
}

// withKeychain says in p what more is known of the keychain than its kind.
func withKeychain(p *connector.Problem, err error) {
	var address *connector.BusAddressError
	switch {
	case errors.As(err, &address):
		p.With("Variable", address.Variable).With("Value", cmp.Or(CleanLine(address.Value), "-"))
	case errors.Is(err, connector.ErrKeychainGone):
		p.With("Gone", "-")
	case errors.Is(err, connector.ErrKeychainUnattended):
		p.With("Alone", "-")
	case errors.Is(err, connector.ErrKeychainFailed):
		p.With("Failed", "-")
	}
}

// withFault names in p what is wrong with the disk, or is in the place of a file, if that is known.
func withFault(p *connector.Problem, err error) {
	fault, path := safefile.FaultOf(err)
	if name, ok := faultArgs[fault]; ok {
		p.With(name, cmp.Or(CleanLine(path), "-"))
	}
}

// faultArgs are the args that choose the sentence of a fault; each has the path.
var faultArgs = map[safefile.Fault]string{
	safefile.FaultFull: "Full", safefile.FaultReadOnly: "ReadOnly", safefile.FaultDenied: "Denied", safefile.FaultLink: "Link",
	safefile.FaultFolder: "Folder", safefile.FaultDevice: "Device", safefile.FaultNoFolder: "NoFolder",
}

func localKind(err error) connector.ProblemKind {
	for _, l := range locals {
		if errors.Is(err, l.err) {
			return l.kind
		}
	}
	var file *auth.CloudsFileError
	if errors.As(err, &file) {
		return connector.KindCloudsFile
	}
	var op *net.OpError
	if errors.As(err, &op) {
		if op.Op == "listen" {
			return connector.KindListener
		}
		return connector.KindNoNetwork
	}
	if isDisk(err) {
		return connector.KindDisk
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return connector.KindNoNetwork
	}
	return ""
}

func isDisk(err error) bool {
	var path *fs.PathError
	var link *os.LinkError
	return errors.As(err, &path) || errors.As(err, &link) || errors.Is(err, fs.ErrPermission) || isFault(err)
}

func isFault(err error) bool {
	fault, _ := safefile.FaultOf(err)
	return fault != ""
}
