package datapackage

// codebookPage opens from the disk and asks for nothing.
const codebookPage = `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Codebook: {{.Title}}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; color: #212b32; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h2 { margin-top: 3rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding-bottom: .5rem; }
th, td { border-bottom: 1px solid #d8dde0; padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-family: ui-monospace, monospace; font-weight: 600; }
thead th { font-family: inherit; }
dl { margin: .25rem 0 0; } dt { font-family: ui-monospace, monospace; float: left; clear: left; margin-right: .5rem; } dd { margin: 0; }
@media (max-width: 40rem) { thead { display: none; } tr, th, td { display: block; border: 0; padding: 0; } tr { border-bottom: 1px solid #d8dde0; padding: .5rem 0; } }
</style>
</head>
<body>
<h1>Codebook: {{.Title}}</h1>
{{range .About}}<p>{{.}}</p>
{{end}}<nav aria-label="Tables"><ul>
{{range .Files}}<li><a href="#{{.Name}}">{{.Name}}</a>: {{.About}}</li>
{{end}}</ul></nav>
{{range .Files}}<h2 id="{{.Name}}">{{.Name}}</h2>
<table>
<caption>{{.About}}</caption>
<thead><tr><th scope="col">Column</th><th scope="col">Holds</th><th scope="col">Meaning</th></tr></thead>
<tbody>
{{range .Columns}}<tr><th scope="row">{{.Name}}</th><td>{{.Type}}{{with .Unit}}, {{.}}{{end}}{{if .Lowest}}, from {{.Lowest}}{{end}}{{if .Highest}} up to {{.Highest}}{{end}}</td><td>{{.About}}{{if not .Always}} May be empty.{{end}}{{with .Licence}} Terms of the measure: {{.}}{{end}}{{with .Values}}<dl>{{range .}}<dt>{{.Value}}</dt><dd>{{.Label}}</dd>{{end}}</dl>{{end}}</td></tr>
{{end}}</tbody>
</table>
{{end}}</body>
</html>
`
