#!/bin/sh
# Fetch the examples of the FHIR R4 specification (19 MB, 190 MB unpacked) into the folder given.
# Without npm, or without its registry, say so and go on: the tests that read them are then skipped.
set -eu
folder=$1
package=hl7.fhir.r4.examples
version=4.0.1

if [ -f "$folder/package/package.json" ]; then
    exit 0
fi

give_up() {
    echo "=========================================================================="
    echo "NOT FETCHED: $package@$version: $1"
    echo "The tests on the specification's own examples will be SKIPPED."
    echo "=========================================================================="
    exit 0
}

command -v npm >/dev/null 2>&1 || give_up "npm is not installed"
mkdir -p "$folder"
npm pack "$package@$version" --silent --pack-destination "$folder" >/dev/null || give_up "npm could not fetch it"
tar -xzf "$folder/$package-$version.tgz" -C "$folder"
rm "$folder/$package-$version.tgz"
echo "FHIR R4 examples: $folder/package"
