package link

// Fault is why a link is refused; its words are in the translations under "link.fault.<fault>".
type Fault string

// The faults.
const (
	// Where the link leads to.
	FaultHTTP      Fault = "http"       // not encrypted
	FaultUserInfo  Fault = "user-info"  // a name before the host, so that another host looks like Microsoft's
	FaultHost      Fault = "host"       // another host
	FaultLookAlike Fault = "look-alike" // another host that looks like Microsoft's
	FaultPort      Fault = "port"       // the right host, at another port
	FaultFragment  Fault = "fragment"
	FaultTooLong   Fault = "too-long"
	FaultScript    Fault = "script" // a script, a file, or a page in an address
	FaultNeither   Fault = "neither"
	FaultAnswer    Fault = "answer"  // the address of the page after a consent
	FaultGateway   Fault = "gateway" // a mail gateway hides it
	// What it has in it.
	FaultTenant           Fault = "tenant"
	FaultClientID         Fault = "client-id"
	FaultTwice            Fault = "twice" // the same parameter
	FaultCutOff           Fault = "cut-off"
	FaultRedirectMissing  Fault = "redirect-missing"
	FaultRedirectLocal    Fault = "redirect-local"
	FaultRedirectInsecure Fault = "redirect-insecure"
	// FaultSeveral is for two links of the same kind that differ.
	FaultSeveral Fault = "several"
	// FaultGone is for a link that was read, and is not held any more.
	FaultGone Fault = "gone"
)

// Faults are all there are: whoever has words for them is held to have one for each.
func Faults() []Fault {
	return []Fault{
		FaultHTTP, FaultUserInfo, FaultHost, FaultLookAlike, FaultPort, FaultFragment, FaultTooLong, FaultScript, FaultNeither, FaultAnswer, FaultGateway,
		FaultTenant, FaultClientID, FaultTwice, FaultCutOff, FaultRedirectMissing, FaultRedirectLocal, FaultRedirectInsecure, FaultSeveral, FaultGone,
	}
}

// Refusal says why something that was pasted is not a link that can be opened. Nothing in it is a secret.
type Refusal struct {
	Fault Fault
	// Kind is the kind of the link; empty where it is not known.
	Kind Kind
	// Host is the host that is meant: the one that the link leads to, with FaultGateway that of the gateway, and with one of the faults
	// of a redirect the one that the answer would go to. It is in the form that the network knows, and empty where it is not known.
	Host string
	// Parameter is the name of the parameter that is meant; empty where none is.
	Parameter string
}

// Error implements error.
func (r Refusal) Error() string {
	text := "link: " + string(r.Fault)
	if r.Parameter != "" {
		text += ": " + r.Parameter
	}
	if r.Host != "" {
		text += ": " + r.Host
	}
	return text
}
