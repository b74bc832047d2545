#pragma once

#include "cachewriter.h"
#include "profile.h"
#include "storework.h"
#include "wordsahead.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Counterfoil {

// All of one profile's writing to disk. Lives on the writer thread; may block there. Calls arrive by
// queued invocation and are done in order.
class StoreWorker final : public QObject
{
    Q_OBJECT
public:
    StoreWorker(ProfileStore profiles, const QString &cacheVfs);
    ~StoreWorker() override;

    // Makes the person's folder and opens their cache; that of another person is closed first.
    void open(const Profile &profile);
    void carryOut(const StoreWork &work, const std::function<void(const Result<StoredState> &)> &answer);
    void noteFiles(const FilesHere &files);  // of documents; what fails is made up for by the next start
    Outcome storeText(const FileText &text); // of a document
    void storeTold(const Quote &quote);      // what fails is asked about again
    void save(const Profile &profile);       // what is remembered about the person
    void forgetLast();
    void close(); // the cache is whole on disk afterwards

Q_SIGNALS:
    void opened(const Counterfoil::Profile &profile); // its cache may be read from now on
    void changed(const Counterfoil::ChangeNotice &notice);
    void failed(const Counterfoil::Error &error); // something other than store work

private:
    Outcome openCache();
    void closeCache();
    Outcome tell(const Result<ChangeNotice> &notice);
    void storeWordsLater();
    void makeWords(const WordsRange &range);
    void storeWords(const WordsPiece &piece);

    ProfileStore m_profiles;
    std::string m_vfs;
    Profile m_profile;
    std::unique_ptr<CacheWriter> m_cache;
    std::unique_ptr<WordsAhead> m_words; // while some wait
};

} // namespace Counterfoil
