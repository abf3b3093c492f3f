# Completes what cyclonedx-gomod writes of a program: by arguments rather than by clock and chance, so that it is the same again, and with the
# C code that Go does not know of. $native is an array of components, $licenses an object of SPDX IDs by module.
def part: if startswith("mingw-w64") then "mingw-w64" elif startswith("gcc-mingw-w64") then "libgcc" else . end;
def licensed: $licenses[.name | part] as $license | if has("licenses") or $license == null then . else .licenses = [{expression: $license}] end;

# The tool names the system and the processor that it runs on.
def rightly($known): sub("goarch=[a-z0-9]+&goos=[a-z0-9]+"; "goarch=\($known["cdx:gomod:build:env:GOARCH"])&goos=\($known["cdx:gomod:build:env:GOOS"])");

.metadata.component["bom-ref"] as $program
| .serialNumber = $serial
| .metadata.timestamp = $time
# The tool's own entry has the sum of its file, which differs from one computer to the next.
| .metadata.tools = {components: [{type: "application", name: "cyclonedx-gomod", version: $tool, purl: "pkg:golang/github.com/CycloneDX/cyclonedx-gomod@\($tool)"}]}
| .metadata.component.name = $name
| .metadata.component.hashes = [{alg: "SHA-256", content: $sum}]
| .metadata.component.licenses = [{license: {id: "MIT"}}]
| (.metadata.properties | map({(.name): .value}) | add) as $known
| if $commit != "" and ($known["cdx:gomod:build:vcs:revision"] == null)
  then .metadata.properties |= (. + [{name: "cdx:gomod:build:vcs:revision", value: $commit}] + (if $modified != "" then [{name: "cdx:gomod:build:vcs:modified", value: $modified}] else [] end) | sort_by(.name))
  else . end
| .metadata.component.purl |= rightly($known)
| .components = ((.components // []) + $native | map(licensed | .purl |= rightly($known)))
| [.components[]["bom-ref"]] as $all
# The tool leaves out Go's own library.
| (.dependencies[] | select(.ref == $program) | .dependsOn) |= ((. // []) + $all | unique)
| .dependencies += ($native | map({ref: .["bom-ref"]}))
