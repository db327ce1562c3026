using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>What people say and press about the catalogue: look, search, order, ask for what is not there, look at a service.</summary>
internal static partial class CatalogueTalk
{
    /// <summary>True for words that can only be meant for the catalogue.</summary>
    public static bool IsCommand(string text) => WholeCatalogue().IsMatch(text) || Search().IsMatch(text) || Order().IsMatch(text) || WishFor().IsMatch(text);

    /// <summary>True when the words were about the catalogue.</summary>
    public static async ValueTask<bool> TypedAsync(string text, TurnContext turn)
    {
        if (WholeCatalogue().IsMatch(text))
        {
            await CatalogueCard.ShowAsync(turn, null);
            return true;
        }

        if (Search().Match(text) is { Success: true } search)
        {
            await CatalogueCard.ShowAsync(turn, search.Groups["words"].Value);
            return true;
        }

        if (Order().Match(text) is { Success: true } order && Named(turn, order.Groups["words"].Value) is { } item)
        {
            await Ordering.OpenAsync(turn, item, null, typed: true);
            return true;
        }

        if (WishFor().Match(text) is { Success: true } wish)
        {
            await Wish.RegisterAsync(turn, wish.Groups["words"].Value);
            return true;
        }

        return About().Match(text) is { Success: true } about && await ServiceCard.ShowAsync(turn, about.Groups["words"].Value);
    }

    /// <summary>True when the button or form was one of the catalogue's own; those that belong to a ticket are actions on it.</summary>
    public static async ValueTask<bool> PressedAsync(Pressed pressed, TurnContext turn)
    {
        switch (pressed.Action)
        {
            case "catalogue":
                await CatalogueCard.ShowAsync(turn, pressed.Data.GetValueOrDefault("words"));
                return true;
            case Announcement.Action:
                Announcement.Ask(turn, pressed.Data.GetValueOrDefault("item"));
                return true;
            case "order-item":
                await Ordering.OpenAsync(turn, turn.Desk.Item(pressed.Data.GetValueOrDefault("item")), pressed.Data.GetValueOrDefault("query"), typed: false);
                return true;
            case OrderForm.Action when !pressed.Data.ContainsKey("ticket"):
                await Ordering.SubmittedAsync(turn, turn.Desk.Item(pressed.Data.GetValueOrDefault("item")), pressed.Data, pressed.Fields, null);
                return true;
            case "wish":
                await Wish.RegisterAsync(turn, pressed.Data.GetValueOrDefault("words") ?? "");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Only what the person is shown has a name; anything else is read as any message.</summary>
    private static Desk.CatalogueItem? Named(TurnContext turn, string words) =>
        turn.Offer.Items.FirstOrDefault(item => item.Id.Equals(words, StringComparison.OrdinalIgnoreCase) || item.Name.Equals(words, StringComparison.OrdinalIgnoreCase));

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\W*((show( me)? )?(the |my )?catalog(ue)?|what (can|may) i (order|get|request)( here)?|(zeig( mir)? )?(den )?katalog|was kann ich (hier )?bestellen)\W*$", Quick, 2000)]
    private static partial Regex WholeCatalogue();

    [GeneratedRegex(@"^\W*(catalog(ue)?|katalog)[\s:]+(?<words>\S.{0,200}?)\W*$", Quick | RegexOptions.Singleline, 2000)]
    private static partial Regex Search();

    [GeneratedRegex(@"^\W*(order|bestellen?)[\s:]+(?<words>\S.{0,200}?)\W*$", Quick, 2000)]
    private static partial Regex Order();

    [GeneratedRegex(@"^\W*(wish|wunsch)(\s*:\s*|\s+)(?<words>\S.{2,1000}?)\s*$", Quick | RegexOptions.Singleline, 2000)]
    private static partial Regex WishFor();

    [GeneratedRegex(@"^\W*(service|dienst|about|who owns|tell me about)[\s:]+(the )?(?<words>\S.{0,100}?)\W*$", Quick, 2000)]
    private static partial Regex About();
}
