// node read.js FILE: what graphology, the library of Sigma and Gephi Lite, reads in a GEXF or GraphML file, as JSON.
const fs = require("fs");
const { MultiGraph } = require("graphology");

const file = process.argv[2];
const { parse } = require(file.endsWith(".gexf") ? "graphology-gexf" : "graphology-graphml");
process.stdout.write(JSON.stringify(parse(MultiGraph, fs.readFileSync(file, "utf8")).export()));
