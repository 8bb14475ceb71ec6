package server

import (
	"net"
	"net/netip"
	"strings"
)

// ownName reports whether a host, with or without a port, is a name that every
// machine has for itself. A page of another site can point its own name at this
// machine, and a browser then takes what it reads here for that site's; but the
// name it asks by stays that site's.
func ownName(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}
