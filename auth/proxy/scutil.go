package proxy

import (
	"bufio"
	"net"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// parseScutil reads what macOS' `scutil --proxy` prints: lines of the form "Name : value", and the list of exceptions in braces.
func parseScutil(text string) systemProxy {
	values, except := scutilValues(text)
	address := func(scheme string) string {
		if values[scheme+"Enable"] != "1" || values[scheme+"Proxy"] == "" {
			return ""
		}
		if port := values[scheme+"Port"]; port != "" {
			return net.JoinHostPort(values[scheme+"Proxy"], port)
		}
		return values[scheme+"Proxy"]
	}
	s := systemProxy{fixed: httpproxy.Config{HTTPProxy: address("HTTP"), HTTPSProxy: address("HTTPS"), NoProxy: exceptions(except)}}
	if values["ProxyAutoConfigEnable"] == "1" {
		s.scripted, s.script = true, values["ProxyAutoConfigURLString"]
	}
	s.scripted = s.scripted || values["ProxyAutoDiscoveryEnable"] == "1"
	return s
}

func scutilValues(text string) (values map[string]string, except []string) {
	values = map[string]string{}
	inList := false
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		name, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), " : ")
		switch {
		case name == "}":
			inList = false
		case !ok:
		case name == "ExceptionsList":
			inList = true
		case inList:
			except = append(except, value)
		default:
			values[name] = value
		}
	}
	return values, except
}

// exceptions writes the system's list of addresses that are reached directly as httpproxy reads it. Networks are written short
// there ("169.254/16", "10.*"); "<local>" are names without a dot, which no address of Microsoft's is.
func exceptions(list []string) string {
	known := []string{}
	for _, one := range list {
		one = strings.TrimSpace(one)
		switch {
		case one == "", strings.HasPrefix(one, "<"):
			continue
		case strings.HasSuffix(one, ".*"):
			one = network(strings.TrimSuffix(one, ".*"), "")
		case strings.Contains(one, "/"):
			address, bits, _ := strings.Cut(one, "/")
			one = network(address, bits)
		}
		if one != "" {
			known = append(known, one)
		}
	}
	return strings.Join(known, ",")
}

// network writes a network's address in full: its missing parts are zeros, and without bits those that are there count.
func network(address, bits string) string {
	parts := strings.Split(address, ".")
	if len(parts) > 4 {
		return ""
	}
	if bits == "" {
		bits = []string{"8", "16", "24", "32"}[len(parts)-1]
	}
	for len(parts) < 4 {
		parts = append(parts, "0")
	}
	_, n, err := net.ParseCIDR(strings.Join(parts, ".") + "/" + bits)
	if err != nil {
		return ""
	}
	return n.String()
}
