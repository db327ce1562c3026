using System.Globalization;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms;

/// <summary>What stands in the conversations of a platform that the test plays.</summary>
public sealed class PostBoard
{
    private readonly Lock _gate = new();
    private readonly List<SeenPost> _posts = [];
    private long _order;

    /// <summary>True: what is hung up or changed from now on is taken and not kept, so that millions of posts can be.</summary>
    public bool Forgets { get; set; }

    public IReadOnlyList<SeenPost> Posts
    {
        get
        {
            lock (_gate)
            {
                return [.. _posts];
            }
        }
    }

    /// <summary>Hangs up a post; <paramref name="id"/> makes its id of its number.</summary>
    public SeenPost Add(Func<long, string> id, string conversation, string? thread, string? author, string? onlyFor, SeenCard card)
    {
        lock (_gate)
        {
            var order = ++_order;
            var post = new SeenPost(id(order), conversation, thread, author, onlyFor, card, order);
            if (!Forgets)
            {
                _posts.Add(post);
            }

            return post;
        }
    }

    /// <summary>False when there is no such post.</summary>
    public bool Change(string conversation, string id, SeenCard card)
    {
        if (Forgets)
        {
            return true;
        }

        lock (_gate)
        {
            var at = _posts.FindIndex(post => post.Conversation == conversation && post.Id == id);
            if (at < 0)
            {
                return false;
            }

            _posts[at] = _posts[at] with { Card = card, Changes = _posts[at].Changes + 1 };
            return true;
        }
    }

    /// <summary>A post vanishes, as when somebody with the right to deletes it.</summary>
    public void Remove(string id)
    {
        lock (_gate)
        {
            _posts.RemoveAll(post => post.Id == id);
        }
    }

    public static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
}
