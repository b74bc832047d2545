#pragma once

#include "signinport.h"

namespace Counterfoil {

class AttachmentPort;
class CacheReaders;
class Clock;
class DocumentPort;
class QuotePort;
class Freshness;
class StatusWording;

// What every pane of one profile reads from. Everything outlives the panes. GUI thread.
struct PaneContext
{
    CacheReaders &readers;
    const StatusWording &wording;
    const Freshness &freshness;
    const Clock &clock;
    const Person &person;
    DocumentPort &documents;
    QString renderProgram;                 // draws the pages of documents, in a process of its own
    QuotePort *quotes = nullptr;           // today's prices and stock; null: they cannot be asked for
    AttachmentPort *attachments = nullptr; // files that go with what is asked for; null: none do
};

} // namespace Counterfoil
