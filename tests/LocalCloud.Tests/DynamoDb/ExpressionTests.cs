using System.Text.Json;
using LocalCloud.DynamoDb.Expressions;
using LocalCloud.DynamoDb.Values;
using LocalCloud.Http;

namespace LocalCloud.Tests.DynamoDb;

public class ExpressionTests
{
    private const string Item =
        """
        {"a":{"N":"5"},"s":{"S":"hello"},"b":{"M":{"c":{"L":[{"S":"x"},{"N":"2"}]}}},"tags":{"SS":["red","blue"]},"no":{"NULL":true},"bin":{"B":"AQL/"}}
        """;

    private const string Values =
        """
        {":five":{"N":"5.0"},":six":{"N":"6"},":hell":{"S":"hell"},":x":{"S":"x"},":red":{"S":"red"},":n":{"S":"N"},":t":{"BOOL":true},":one":{"B":"AQ=="},
         ":list":{"L":[{"N":"9"}]},":blue":{"SS":["blue","green"]}}
        """;

    [Theory]
    [InlineData("a = :five", true)]
    [InlineData("a <> :five", false)]
    [InlineData("a < :six AND s = :hell", false)]
    [InlineData("a < :six OR s = :hell", true)]
    [InlineData("NOT a = :six AND s > :hell", true)]
    [InlineData("a = :six OR a = :five AND s = :x", false)]
    [InlineData("(a = :five OR a = :six) AND begins_with(s, :hell)", true)]
    [InlineData("a BETWEEN :five AND :six and a IN (:x, :five)", true)]
    [InlineData("attribute_exists(b.c[1]) AND attribute_not_exists(b.c[2])", true)]
    [InlineData("b.#c[0] = :x", true)]
    [InlineData("attribute_type(a, :n)", true)]
    [InlineData("contains(tags, :red) AND contains(s, :hell) AND contains(b.c, :x)", true)]
    [InlineData("size(s) = :five", true)]
    [InlineData("size(a) = :five", false)]
    [InlineData("absent = :five", false)]
    [InlineData("absent <> :five", true)]
    [InlineData("absent < :five", false)]
    [InlineData("s < :five", false)]
    [InlineData("begins_with(bin, :one)", true)]
    public void A_condition_holds_as_documented(string expression, bool holds) =>
        Assert.Equal(holds, ConditionParser.Parse(expression, "ConditionExpression", Substitutions()).Holds(Map(Item)));

    [Theory]
    [InlineData("a = ", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"a =\"")]
    [InlineData("a = :five )", "Invalid ConditionExpression: Syntax error; token: \")\", near: \"a = :five )\"")]
    [InlineData("a == :five", "Invalid ConditionExpression: Syntax error; token: \"=\", near: \"a == :five\"")]
    [InlineData(" ", "Invalid ConditionExpression: The expression can not be empty;")]
    [InlineData("status = :x", "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status")]
    [InlineData("a = :q", "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :q")]
    [InlineData("#q = :x", "Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute name: #q")]
    [InlineData("exists(a)", "Invalid ConditionExpression: Invalid function name; function: exists")]
    [InlineData("begins_with(s, :six)", "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("a < :t", "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: <, operand type: BOOL")]
    [InlineData("attribute_exists(a, s)", "Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2")]
    [InlineData("a BETWEEN :six AND :five", "Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:5}")]
    public void A_wrong_condition_is_refused_in_the_words_of_AWS(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<ServiceException>(() => ConditionParser.Parse(expression, "ConditionExpression", Substitutions())).Message);

    [Theory]
    [InlineData("SET a = a + :six", "a", "{\"N\":\"11\"}")]
    [InlineData("SET a = a - :six", "a", "{\"N\":\"-1\"}")]
    [InlineData("SET z = if_not_exists(z, :six) + :five", "z", "{\"N\":\"11\"}")]
    [InlineData("SET z = if_not_exists(a, :six)", "z", "{\"N\":\"5\"}")]
    [InlineData("SET b.c = list_append(b.c, :list)", "b", "{\"M\":{\"c\":{\"L\":[{\"S\":\"x\"},{\"N\":\"2\"},{\"N\":\"9\"}]}}}")]
    [InlineData("SET b.c[7] = :six", "b", "{\"M\":{\"c\":{\"L\":[{\"S\":\"x\"},{\"N\":\"2\"},{\"N\":\"6\"}]}}}")]
    [InlineData("REMOVE b.c[0], b.c[1]", "b", "{\"M\":{\"c\":{\"L\":[]}}}")]
    [InlineData("SET a = s, s = a", "a", "{\"S\":\"hello\"}")]
    [InlineData("ADD a :six SET z = :x", "a", "{\"N\":\"11\"}")]
    [InlineData("ADD tags :blue", "tags", "{\"SS\":[\"red\",\"blue\",\"green\"]}")]
    [InlineData("DELETE tags :blue", "tags", "{\"SS\":[\"red\"]}")]
    public void An_update_changes_the_item_as_documented(string expression, string attribute, string expected) =>
        Assert.Equal(ValueReader.Read(Json(expected)), UpdateParser.Parse(expression, Substitutions()).Of(Map(Item))[attribute]);

    [Theory]
    [InlineData("SET a = :x SET s = :x", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET b.c = :x REMOVE b", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [b, c], path two: [b]")]
    [InlineData("ADD a :x", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND")]
    [InlineData("SET a = s + :five", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET z = absent", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET q.r = :x", "The document path provided in the update expression is invalid for update")]
    public void A_wrong_update_is_refused_in_the_words_of_AWS(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<ServiceException>(() => UpdateParser.Parse(expression, Substitutions()).Of(Map(Item))).Message);

    [Fact]
    public void An_expression_nested_without_end_is_refused() => Assert.Throws<ServiceException>(
        () => ConditionParser.Parse(new string('(', 2000) + "a = :x" + new string(')', 2000), "ConditionExpression", Substitutions()));

    [Fact]
    public void A_projection_keeps_only_what_it_names_and_closes_gaps() => Assert.Equal(
        Map("""{"a":{"N":"5"},"b":{"M":{"c":{"L":[{"N":"2"}]}}}}"""),
        Projection.Parse("a, b.c[1], absent.x", Substitutions()).Of(Map(Item)));

    [Theory]
    [InlineData("0012.3400", "12.34")]
    [InlineData("-0", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    public void A_number_is_answered_in_its_canonical_form(string given, string answered) => Assert.Equal(answered, Number.Parse(given).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData("123456789012345678901234567890123456789")]
    [InlineData("1e126")]
    [InlineData("1e-131")]
    public void What_no_number_can_be_is_refused(string text) => Assert.Throws<ServiceException>(() => Number.Parse(text));

    [Fact]
    public void Numbers_are_added_exactly() => Assert.Equal(
        "0.3", (Number.Parse("0.1") + Number.Parse("0.2")).ToString());

    private static Substitutions Substitutions() => new(new Dictionary<string, string> { ["#c"] = "c" }, Map(Values).Members);

    private static MapValue Map(string json) => ValueReader.ReadMap(Json(json));

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
