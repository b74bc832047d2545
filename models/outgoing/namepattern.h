#pragma once

#include "outgoingdocument.h"

#include <QList>

namespace Counterfoil {

// How saved files are called, as a person writes it: "{paper} {number} {date}". What stands in braces is
// filled in from the document; the rest stays.
class NamePattern
{
public:
    struct Token
    {
        QString name;    // as written between braces: "number"
        QString meaning; // "the number printed on it"
    };
    static constexpr qsizetype mostCharacters = 200;

    static QString usual();
    static const QList<Token> &tokens();

    explicit NamePattern(const QString &pattern = usual());

    const QString &text() const { return m_text; }
    QString fault() const; // why it cannot be used, in a sentence; empty: it can

    // A name for a file in any folder; FileName says what that may be. A pattern with a fault is as good as
    // the usual one.
    QString nameOf(const OutgoingDocument &document) const;

private:
    QString m_text;
};

} // namespace Counterfoil
