package main

import (
	"net"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// listenFlags say where the server listens.
type listenFlags struct {
	Addr      string `help:"Host and port to listen on (default 127.0.0.1:8080)." placeholder:"HOST:PORT" env:"CAIRN_ADDR"`
	LogFormat string `help:"How requests are logged: text, json or none (default text, none in a demonstration)." placeholder:"FORM" env:"CAIRN_LOG_FORMAT"`
}

// databaseFlags say where the data are, and the key to them. The key itself
// has no flag: what is on a command line, others on the machine can read.
type databaseFlags struct {
	DatabaseURL string `name:"database-url" help:"sqlite:PATH or postgres://... (default: a SQLite file in your own data directory)." placeholder:"URL" env:"CAIRN_DATABASE_URL"`
	KeyFile     string `help:"File with the key that opens the database's identities; CAIRN_KEY may hold the key itself (default for SQLite: beside the database)." placeholder:"FILE" env:"CAIRN_KEY_FILE"`
}

// codesFlag names the operator's own file of codes: those of SNOMED CT are not
// the product's to ship.
type codesFlag struct {
	CodesFile string `help:"CSV file of codes (SNOMED CT, LOINC) to show beside scores, under your own licence; its form is in docs/measures.md." placeholder:"FILE.csv" env:"CAIRN_CODES_FILE"`
}

// proxyFlag is what makes plain HTTP beyond this machine acceptable.
type proxyFlag struct {
	PlainHTTPBehindProxy string `name:"plain-http-behind-proxy" help:"Say yes when a proxy answers https and hands requests on to this address, which may then be other than this machine's own; say container when the address is published on this machine only." placeholder:"yes|container" env:"CAIRN_PLAIN_HTTP_BEHIND_PROXY"`
}

// mailFlags say by which server alerts are mailed. The password has no flag, as
// the key has none: CAIRN_SMTP_PASSWORD holds it.
type mailFlags struct {
	SMTPAddr string `name:"smtp-addr" help:"Host and port of the mail server that tells your lead and deputy that something waits (default: none, and alerts are shown in Cairn only)." placeholder:"HOST:PORT" env:"CAIRN_SMTP_ADDR"`
	SMTPFrom string `name:"smtp-from" help:"The address that those mails come from." placeholder:"ADDRESS" env:"CAIRN_SMTP_FROM"`
	SMTPUser string `name:"smtp-user" help:"Who signs in to the mail server; CAIRN_SMTP_PASSWORD holds the password." placeholder:"NAME" env:"CAIRN_SMTP_USER"`
}

// Names of everything that can be configured: the flag without its dashes is
// also the key in the configuration file.
const (
	setAddr      = "addr"
	setLogFormat = "log-format"
	setDatabase  = "database-url"
	setKeyFile   = "key-file"
	setMigrate   = "migrate-url"
	setCodes     = "codes-file"
	setProxy     = "plain-http-behind-proxy"
	setSMTPAddr  = "smtp-addr"
	setSMTPFrom  = "smtp-from"
	setSMTPUser  = "smtp-user"
	setBrowser   = "browser"
)

// settable lists them, for the check of a configuration file.
func settable() []string {
	return []string{setAddr, setLogFormat, setDatabase, setKeyFile, setMigrate, setCodes, setProxy, setSMTPAddr, setSMTPFrom, setSMTPUser, setBrowser}
}

// A settings collects the configuration of one command and everything that is
// wrong with it.
type settings struct {
	t     *terminal
	file  map[string]string
	wrong fault.List
}

// settingsOf reads the configuration file, if one is named.
func (c *commands) settings(t *terminal) (*settings, error) {
	s := &settings{t: t}
	if c.Config == "" {
		return s, nil
	}
	var err error
	s.file, err = readConfiguration(c.Config)
	if accident := s.wrong.Note("", err); accident != nil {
		return nil, accident
	}
	return s, nil
}

// or is what a flag or the environment says, else the configuration file, else
// the standard. An empty value says nothing.
func (s *settings) or(name, given, standard string) string {
	for _, v := range []string{given, s.file[name]} {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return standard
}

// bad notes what is wrong with one setting, under every name it has.
func (s *settings) bad(name, format string, args ...any) {
	env := "CAIRN_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	s.wrong.Add(fault.New(fault.Invalid, fault.SettingsInvalid, format, args...).At("--" + name + " (" + env + ")"))
}

// address is a checked host and port, and whether only this machine reaches it.
type address struct {
	host string
	port string
}

func (a address) String() string { return net.JoinHostPort(a.host, a.port) }

// url is where a browser on this machine finds it.
func (a address) url() string {
	host := a.host
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, a.port)
}

func (a address) loopback() bool {
	if a.host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(a.host)
	return err == nil && ip.IsLoopback()
}

func (s *settings) address(given string) address {
	text := s.or(setAddr, given, "127.0.0.1:8080")
	host, port, err := net.SplitHostPort(text)
	n, number := strconv.Atoi(port)
	if err != nil || number != nil || n < 0 || n > 65535 {
		s.bad(setAddr, "“%.60s” is not an address. Write a host and a port, such as 127.0.0.1:8080.", text)
		return address{"127.0.0.1", "0"} // so that nothing more is said about it
	}
	return address{host, port}
}

// transport says whether cookies may be marked for https only, and refuses to
// send passwords and health data in the clear to other machines.
func (s *settings) transport(at address, given string) (secure bool) {
	switch said := s.or(setProxy, given, "no"); said {
	case "yes", "true", "1":
		return true
	case "container":
		return false
	case "no", "false", "0":
		if !at.loopback() {
			s.bad(setAddr, "%s can be reached from other machines, and this program speaks plain HTTP: passwords and health data would travel unprotected. Listen on 127.0.0.1 and put a proxy that answers https in front; where the proxy is on another machine, also set --plain-http-behind-proxy=yes.", at)
		}
	default:
		s.bad(setProxy, "“%.20s” is not one of yes, container and no.", said)
	}
	return false
}

func (s *settings) logFormat(given, standard string) string {
	format := s.or(setLogFormat, given, standard)
	switch format {
	case "text", "json", "none":
	default:
		s.bad(setLogFormat, "“%.20s” is not one of text, json and none.", format)
	}
	return format
}

// database is the address of the database: the given one, else a file in the
// person's own data directory.
func (s *settings) database(given string) string {
	url := s.or(setDatabase, given, "")
	if url == "" {
		folder, err := s.dataDirectory()
		if err != nil {
			s.bad(setDatabase, "There is no data directory for a database of your own (%v). Name one, as in sqlite:/srv/cairn/cairn.db.", err)
			return ""
		}
		return sqliteScheme + filepath.Join(folder, "cairn.db")
	}
	if path, ok := strings.CutPrefix(url, sqliteScheme); ok && path == "" || !ok && !isPostgres(url) {
		// The address may hold a password: it is not repeated.
		s.bad(setDatabase, "This is not the address of a database. Write sqlite:PATH or postgres://user:password@host:5432/name.")
	}
	return url
}

const sqliteScheme = "sqlite:"

// codes reads the file of codes, if one is named.
func (s *settings) codes(given string) measure.Codes {
	path := s.or(setCodes, given, "")
	if path == "" {
		return nil
	}
	at := "--" + setCodes + " (CAIRN_CODES_FILE)"
	raw, err := bytesOf(path, "FILE.csv")
	if err == nil {
		var found measure.Codes
		if found, err = readCodes(raw); err == nil {
			return found
		}
	}
	faults, accident := fault.All(err)
	if accident != nil {
		s.bad(setCodes, "The file of codes cannot be read: %v.", plainly(accident))
	}
	for _, f := range faults {
		s.wrong.Add(f.At(at))
	}
	return nil
}

func readCodes(raw []byte) (measure.Codes, error) {
	library, err := measure.Catalogue()
	if err != nil {
		return nil, err
	}
	return measure.ReadCodes(raw, library)
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}
