package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// bundled names the packages whose code ends up in web/dist.
func bundled() []string {
	return []string{"echarts", "nhsuk-frontend", "swagger-ui-dist", "tslib", "zrender"}
}

// acknowledge writes one text with the name, version, licence and, where the
// package ships them, licence text and notice of everything bundled.
func acknowledge(packages, to string) error {
	var text strings.Builder
	for _, name := range bundled() {
		folder := filepath.Join(packages, name)
		content, err := os.ReadFile(filepath.Join(folder, "package.json"))
		if err != nil {
			return fmt.Errorf("acknowledge %s (is npm ci done?): %w", name, err)
		}
		var about struct{ Version, License string }
		if err := json.Unmarshal(content, &about); err != nil {
			return fmt.Errorf("acknowledge %s: %w", name, err)
		}
		fmt.Fprintf(&text, "%s %s (%s)\n\n", name, about.Version, about.License)
		for _, file := range []string{"NOTICE", "LICENSE", "LICENSE.txt"} {
			if content, err := os.ReadFile(filepath.Join(folder, file)); err == nil {
				fmt.Fprintf(&text, "%s\n\n", strings.TrimSpace(string(content)))
			}
		}
		text.WriteString(strings.Repeat("-", 72) + "\n\n")
	}
	return os.WriteFile(to, []byte(text.String()), 0o644)
}
