#pragma once

#include "formsheet.h"
#include "outgoingdocument.h"

namespace Counterfoil {

class FolderField;
class FormField;
class NamePattern;
class SavingHabits;
class ToneLabel;

// Where documents are saved and how their files are called, with what the first will be called as one types.
class SaveSheet final : public FormSheet
{
    Q_OBJECT
public:
    enum class Form { AsIssued, EInvoice, Both };

    // No documents: it is about the names alone, shown by a made-up one. With pages: it is about these.
    SaveSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set);

    void open();
    QString preview() const;

Q_SIGNALS:
    void wanted(const QString &folder, const Counterfoil::NamePattern &pattern,
                Counterfoil::SaveSheet::Form form);
    void ownNameWanted(const QString &folder); // of one document: to be asked for by the system's dialog

protected:
    bool isTyped() const override { return false; }
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        FormField *form; // nullptr: there is no choice
        FolderField *folder;
        FormField *pattern;
        QWidget *tokens;
        ToneLabel *preview;
        QWidget *ownName; // nullptr: several
    };
    SaveSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set, const Body &body);
    static Body build(const OutgoingSet &set);
    static QString titleOf(const OutgoingSet &set);
    static QString verbOf(const OutgoingSet &set);
    Form form() const;
    void addTokens();
    void showPreview();

    const Body m_body;
    const OutgoingDocument m_first;
    const std::size_t m_count;
    const std::vector<quint32> m_pages;
};

} // namespace Counterfoil
