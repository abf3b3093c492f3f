// Parses PowerShell scripts, the files that it is given, with the grammar that editors use, and prints what that can't read.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Language, Parser } from 'web-tree-sitter'

await Parser.init()
const parser = new Parser()
parser.setLanguage(await Language.load(fileURLToPath(import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))))

// faults are the innermost places that are no PowerShell.
const faults = (node) =>
  node.isError || node.isMissing
    ? [{ line: node.startPosition.row + 1, text: node.isMissing ? `${node.type} is missing` : node.text.slice(0, 80) }]
    : node.children.flatMap(faults)

const found = {}
for (const file of process.argv.slice(2)) {
  const root = parser.parse(await readFile(file, 'utf8')).rootNode
  found[file] = root.hasError ? faults(root) : []
}
console.log(JSON.stringify(found))
