package dev.portcullis.gate.store;

import dev.portcullis.gate.decision.Confirmation;
import dev.portcullis.kit.document.DocumentColumn;
import dev.portcullis.kit.text.PlainText;

/** The form of what confirms the latest decision of a release, in releases.confirmation. */
record StoredConfirmation(String explanation, int windows, StoredFigures figures) {
    static final DocumentColumn<Confirmation> COLUMN = DocumentColumn.of(
            "releases.confirmation",
            2,
            StoredConfirmation.class,
            StoredConfirmation::of,
            StoredConfirmation::confirmation);

    private static StoredConfirmation of(Confirmation confirmation) {
        return new StoredConfirmation(
                PlainText.of(confirmation.explanation()),
                confirmation.windows(),
                StoredFigures.of(confirmation.figures()));
    }

    private Confirmation confirmation() {
        return new Confirmation(explanation, windows, figures.figures());
    }
}
