#pragma once

#include "outgoingdocument.h"

#include <QByteArray>

namespace Counterfoil {

// A document as it stands in a pack.
struct PackedDocument
{
    OutgoingDocument document;
    QString fileName; // in the pack
    qint64 bytes = 0;
    QString sha256;
};

// The list that goes with a pack, for a spreadsheet: a line a document, then a line a currency with what they
// come to, with each invoice counted once. CSV after RFC 4180, with a comma, lines ended by CR LF, and in
// UTF-8 behind a byte order mark, without which Excel takes it for the alphabet of its country. Amounts have
// a point and no grouping. What a spreadsheet would take for a formula gets an apostrophe in front.
QByteArray packManifest(const std::vector<PackedDocument> &documents);

// One cell, quoted and made harmless.
QByteArray csvCell(const QString &text);

} // namespace Counterfoil
