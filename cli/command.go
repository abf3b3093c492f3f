package cli

import (
	"runtime"

	"partner-center-connector/connector"
	"partner-center-connector/connector/precedence"
	"partner-center-connector/shellword"
)

// command is a command of pcc, to be copied, with the flags by which it finds the same files as this one.
func (p *program) command(words string) string {
	if flags := p.pathFlags(); flags != "" {
		words += " " + flags
	}
	return "pcc " + words
}

// commandAbout is a command about a connector of that name, or, where no shell takes the name as it is, or it is not the only one, of that ID.
func (p *program) commandAbout(verb, name, id string, unique bool) string {
	if quoted, ok := shellword.Argument(runtime.GOOS, name); ok && unique && connector.NameReason(name) == "" {
		return p.command(verb) + " " + quoted
	}
	return p.command(verb) + " " + id
}

// pathFlags are the flags of this command line that say where the files are. Variables of the environment are there for the next command, too.
func (p *program) pathFlags() string {
	return shellword.PathFlags(
		runtime.GOOS, shellword.PathFlag{Flag: precedence.ConfigDir.Flag, Path: p.configDir}, shellword.PathFlag{Flag: precedence.Clouds.Flag, Path: p.cloudsFile},
	)
}

// commandFor is a command about a saved connector, to be copied.
func (c *conversation) commandFor(verb string, saved connector.Connector) string {
	return c.commandAbout(verb, saved.Name, saved.ID, !c.states.newest().NameTaken(saved.Name, saved.ID))
}
