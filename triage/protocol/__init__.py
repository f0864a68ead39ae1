"""From YAML files to the intermediate representation that every reading shares."""
