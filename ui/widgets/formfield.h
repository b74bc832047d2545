#pragma once

#include "filterchip.h"
#include "tokens.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace Counterfoil {

class ChoiceField;
class LinesEdit;
class TextLink;
class ToneLabel;

// A caption, what is filled in under it, and below what is wrong with that or how it is usually written.
class FormField final : public QWidget
{
    Q_OBJECT
public:
    enum class Kind {
        Line,
        Lines,
        Secret,
        Choice,
        Check, // value() is "1" or empty; the caption stands beside the box
    };

    FormField(Kind kind, const QString &caption, QWidget *parent = nullptr);

    QString caption() const { return m_caption; }
    QString value() const;
    void setValue(const QString &value); // says nothing
    void setChoices(const QList<Choice> &choices);
    void setHint(const QString &hint); // within the field while it is empty
    QWidget *editor() const { return m_editor; }

    // Below the field; gone with the next change of it. Bad marks the field, too.
    void tell(const QString &sentence, Tone tone);
    QString told() const;
    // Offers the suggestion, which the person takes or refuses.
    void suggest(const QString &sentence, const QString &suggestion, const QString &use, const QString &keep);
    void clearNote();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void edited();
    void left();    // the focus went elsewhere
    void refused(); // the suggestion: what is there stays

private:
    void build();
    void markWrong(bool wrong);
    void take();

    const Kind m_kind;
    const QString m_caption;
    QWidget *m_editor = nullptr;
    QLineEdit *m_line = nullptr;
    LinesEdit *m_lines = nullptr;
    ChoiceField *m_choice = nullptr;
    QCheckBox *m_check = nullptr;
    ToneLabel *m_note;
    QWidget *m_offer;
    TextLink *m_use;
    TextLink *m_keep;
    QString m_suggestion;
};

} // namespace Counterfoil
